-- The library: one SQLite file, the only truth. Everything outside it (indexes, network) is a cache of it.
-- Columns are the fields of corpus/model.py. Offsets are code points in document.text unless named source_*.

CREATE TABLE meta (            -- generation: +1, mark: drawn anew with every committed change; caches are stamped with them
                               -- lessons: +1 with every change of what was taught or looked at, of which no cache is made
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0'), ('lessons', '0');

CREATE TABLE source (          -- a file someone gave us, kept byte for byte
  id TEXT PRIMARY KEY,         -- first 16 hex digits of the SHA-256 of its bytes
  name TEXT NOT NULL,          -- file name, shown to people
  origin TEXT NOT NULL UNIQUE, -- where it was read from; the same origin with new bytes replaces the source
  encoding TEXT NOT NULL,
  size INTEGER NOT NULL,       -- bytes
  bundled INTEGER NOT NULL,    -- 1 for the digests that come with the program
  rules TEXT NOT NULL,         -- fingerprint of the program's rules that read it
  content BLOB NOT NULL
);

CREATE TABLE document (
  id TEXT PRIMARY KEY,         -- source id, hyphen, ordinal
  source_id TEXT NOT NULL REFERENCES source ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  title TEXT NOT NULL,
  place TEXT NOT NULL,
  place_code TEXT NOT NULL,
  province TEXT NOT NULL,
  level TEXT NOT NULL,
  type TEXT NOT NULL,
  period TEXT NOT NULL,
  date TEXT NOT NULL,
  meeting TEXT NOT NULL,
  issuer TEXT NOT NULL,
  speaker TEXT NOT NULL,
  same_as TEXT NOT NULL,       -- the document shown in its place (nearly the same text), or ''
  length INTEGER GENERATED ALWAYS AS (length(text)) STORED,
  text TEXT NOT NULL           -- last: what stands before it is read without it
);
CREATE INDEX document_source ON document(source_id, ordinal);
CREATE INDEX document_copy ON document(same_as) WHERE same_as <> '';

CREATE TABLE signature (       -- MinHash of a document's wording: finds near copies without reading the texts again
  document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  minhash BLOB NOT NULL,
  length INTEGER NOT NULL,     -- of the text, in characters
  doubtful INTEGER NOT NULL    -- places in it that are marked doubtful
) WITHOUT ROWID;

CREATE TABLE edition (         -- drawn anew whenever what a document holds changes: indexes know by it what they hold
  document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  mark TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE evidence (        -- where in document.text a field of the document was read
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  confidence REAL NOT NULL,
  how TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (document_id, field)
) WITHOUT ROWID;

CREATE TABLE reading (         -- a field as it was read, where a correction stands in its place
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  field TEXT NOT NULL,         -- a column of document
  value TEXT NOT NULL,
  confidence REAL NOT NULL,    -- of its evidence, as the rest; how is '' where it had none
  how TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (document_id, field)
) WITHOUT ROWID;

CREATE TABLE correction (      -- what people put right; outlives the source, to hold when it comes again
  source_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  title TEXT NOT NULL,         -- as it was read
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  found TEXT NOT NULL,         -- the value as it was read
  made TEXT NOT NULL,          -- ISO 8601
  PRIMARY KEY (source_id, origin, ordinal, title, field)
) WITHOUT ROWID;

CREATE TABLE section (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  parent_id TEXT NOT NULL,     -- '' at the top
  depth INTEGER NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  status TEXT NOT NULL,        -- done, plan or ''
  kind TEXT NOT NULL           -- body or glossary
);
CREATE INDEX section_document ON section(document_id, ordinal);

CREATE TABLE passage (
  id TEXT PRIMARY KEY,         -- hash of document and text: unchanged text keeps its id
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  section_id TEXT NOT NULL,    -- '' above the first heading
  ordinal INTEGER NOT NULL,
  text TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  source_start INTEGER NOT NULL,
  source_end INTEGER NOT NULL,
  headings TEXT NOT NULL       -- JSON array
);
CREATE INDEX passage_document ON passage(document_id, ordinal);

CREATE TABLE repair (          -- nothing is changed without a row here
  source_id TEXT NOT NULL REFERENCES source ON DELETE CASCADE,
  document_id TEXT NOT NULL,   -- '' for what belongs to no document
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  source_start INTEGER NOT NULL,
  source_end INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  doubtful INTEGER NOT NULL,   -- 1: nothing was changed, the span must not be trusted
  reason TEXT NOT NULL
);
CREATE INDEX repair_source ON repair(source_id, document_id, ordinal);

CREATE TABLE origin (          -- where the characters of document.text stand in the decoded source
  document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  runs BLOB NOT NULL           -- pairs of 32-bit numbers: where a run begins in the text, and in the source
) WITHOUT ROWID;

CREATE TABLE paging (          -- where in the decoded source its printed pages begin
  source_id TEXT PRIMARY KEY REFERENCES source ON DELETE CASCADE,
  pages BLOB NOT NULL          -- pairs of 32-bit numbers: a place, and the page that begins there (0: on none)
) WITHOUT ROWID;

CREATE TABLE term (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,        -- explained or unexplained
  aliases TEXT NOT NULL        -- JSON array
);

CREATE TABLE definition (
  id TEXT PRIMARY KEY,
  term_id TEXT NOT NULL REFERENCES term ON DELETE CASCADE,
  text TEXT NOT NULL,
  components TEXT NOT NULL,    -- JSON array
  strength TEXT NOT NULL,      -- explained or described
  how TEXT NOT NULL,
  place TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  passage_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  sense INTEGER NOT NULL,      -- definitions of a term with the same number speak of the same thing
  preferred INTEGER NOT NULL   -- 1: a person said that it explains its sense best
);
CREATE INDEX definition_term ON definition(term_id);
CREATE INDEX definition_document ON definition(document_id);

CREATE TABLE relation (        -- between terms
  source_id TEXT NOT NULL REFERENCES term ON DELETE CASCADE,
  target_id TEXT NOT NULL REFERENCES term ON DELETE CASCADE,
  kind TEXT NOT NULL,          -- has_component, broader, variant_of, related or contrasts_with
  weight REAL NOT NULL,
  reason TEXT NOT NULL,
  document_id TEXT NOT NULL,   -- '' where it follows from many places at once
  passage_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (source_id, kind, target_id)
) WITHOUT ROWID;
CREATE INDEX relation_target ON relation(target_id);

CREATE TABLE edit (            -- what people changed in the glossary; outlives the sources
  ordinal INTEGER PRIMARY KEY,
  batch TEXT NOT NULL,         -- edits made and undone together
  kind TEXT NOT NULL,
  term TEXT NOT NULL,          -- a label
  value TEXT NOT NULL,
  note TEXT NOT NULL,
  who TEXT NOT NULL,
  made TEXT NOT NULL,          -- ISO 8601
  undone TEXT NOT NULL,        -- ISO 8601, '' while it holds
  idle TEXT NOT NULL           -- why it changes nothing in the library as it is, or ''
);

CREATE TABLE revision (        -- what became of the glossary, change by change; no export tells of it
  ordinal INTEGER PRIMARY KEY,
  made TEXT NOT NULL,          -- ISO 8601
  cause TEXT NOT NULL,         -- ingest, remove, edit, undo or correct
  details TEXT NOT NULL,       -- JSON array: which files, which edits
  first INTEGER NOT NULL,      -- 1: everything was new at once, no term is told
  new INTEGER NOT NULL,        -- how many terms; some may not be told
  changed INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  used INTEGER NOT NULL
);

CREATE TABLE novelty (         -- what a revision made of a term
  revision INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  term_id TEXT NOT NULL,       -- may be gone
  kind TEXT NOT NULL,          -- new, changed, gone or used
  label TEXT NOT NULL,
  what TEXT NOT NULL,          -- JSON array of phrases
  successor TEXT NOT NULL,     -- the term that a gone one is part of now, or ''
  PRIMARY KEY (revision, ordinal)
) WITHOUT ROWID;
CREATE INDEX novelty_term ON novelty(term_id);

CREATE TABLE standing (        -- what terms were like at the last revision, to find what the next one changes
  term_id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  aliases TEXT NOT NULL,       -- JSON array
  explaining TEXT NOT NULL,    -- JSON array: digests of the sentences that explain it
  documents INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE taught (          -- plain words and what people said they mean; outlives the sources
  ordinal INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  concept TEXT NOT NULL,       -- a prefLabel of the lexicon, a term, or a wording of the documents
  note TEXT NOT NULL,
  who TEXT NOT NULL,
  made TEXT NOT NULL,          -- ISO 8601
  undone TEXT NOT NULL         -- ISO 8601, '' while it holds
);

CREATE TABLE mention (
  term_id TEXT NOT NULL REFERENCES term ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  passage_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (document_id, start, end, term_id)
) WITHOUT ROWID;
CREATE INDEX mention_term ON mention(term_id, document_id, start);

CREATE TABLE concept_mention ( -- concepts of the lexicon found in the text, by the rules of its row in sighted
  concept TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  passage_id TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (document_id, start, end, concept)
) WITHOUT ROWID;

CREATE TABLE wording (         -- every label of a term that the documents were searched for; others are searched for anew
  key TEXT PRIMARY KEY,        -- in folded characters
  how TEXT NOT NULL,           -- what is heeded where it stands
  means TEXT NOT NULL          -- JSON array: ids of terms
) WITHOUT ROWID;

CREATE TABLE linked (          -- where they stand, as offsets in document.text
  document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  rules TEXT NOT NULL,         -- fingerprint of the program's rules that found them
  terms BLOB NOT NULL          -- pairs of 32-bit numbers
) WITHOUT ROWID;

CREATE TABLE sighted (         -- what a document by itself gives to the glossary: no text is read again for it
  document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  rules TEXT NOT NULL,         -- fingerprint of the program's rules that found it
  found TEXT NOT NULL          -- JSON
);

CREATE TABLE claim (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  passage_id TEXT NOT NULL,
  section_id TEXT NOT NULL,
  text TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  place TEXT NOT NULL,
  place_code TEXT NOT NULL,
  level TEXT NOT NULL,
  doer TEXT NOT NULL,
  how TEXT NOT NULL,
  status TEXT NOT NULL,        -- done, ongoing or planned
  parent TEXT NOT NULL,        -- the place that the report speaks for, where the doer is inside it
  parent_code TEXT NOT NULL,
  polarity TEXT NOT NULL,      -- affirmed or denied
  period TEXT NOT NULL         -- the years that the sentence speaks of, or ''
);
CREATE INDEX claim_document ON claim(document_id, start);
CREATE INDEX claim_place ON claim(place);

CREATE TABLE fact (
  id TEXT PRIMARY KEY,
  claim_id TEXT NOT NULL REFERENCES claim ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  passage_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  value REAL NOT NULL,
  value_max REAL,
  unit TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  tense TEXT NOT NULL,         -- done or target
  place TEXT NOT NULL,
  place_code TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  kind TEXT NOT NULL,          -- count, money, rate, change or rank
  base REAL,                   -- what a change started from
  doubtful TEXT NOT NULL       -- why it must not be trusted, or ''
);
CREATE INDEX fact_claim ON fact(claim_id);
CREATE INDEX fact_document ON fact(document_id, start);
CREATE INDEX fact_place ON fact(place);
