from web.metrics import Metrics


def test_requests_are_counted_by_route_and_status() -> None:
    metrics = Metrics()
    metrics.record("/terms", 200, 0.25)
    metrics.record("/terms", 200, 0.5)
    metrics.record("/terms", 404, 0.25)
    lines = metrics.text({"documents": 7}).splitlines()
    assert 'gongzhi_requests_total{route="/terms",status="200"} 2' in lines
    assert 'gongzhi_requests_total{route="/terms",status="404"} 1' in lines
    assert 'gongzhi_request_duration_seconds_sum{route="/terms"} 1.000000' in lines
    assert 'gongzhi_request_duration_seconds_count{route="/terms"} 3' in lines
    assert 'gongzhi_library_records{kind="documents"} 7' in lines
    assert all(line.startswith(("#", "gongzhi_")) for line in lines)
