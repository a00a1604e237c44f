/**
 * The tables, as steps from one version to the next; the database's `user_version` says which it has. A step that people have is never
 * changed: what comes later is a new step.
 *
 * Three ideas carry the speed. A photo's row has its current state in it, so a tile needs no history. `place` is the one pile that a photo
 * lies in, the person's word first. And triggers keep `counts` per root, place, exit and flag: totals are sums over a few hundred cells, and the
 * cells name the index ranges that a filtered view is merged from (pages.ts).
 *
 * What a network said belongs to a content and a pack, not to a file: a renamed file, an exact duplicate and a folder that was taken from
 * the list and comes back all find it again. Times are milliseconds since 1970, energies joules.
 */

const first = `
create table packs (
  id integer primary key,
  digest text not null,
  preprocessing text not null, -- version of how pictures are made from files
  unique (digest, preprocessing)
) strict;

create table roots (
  id integer primary key,
  path text not null unique, -- absolute
  volume text,
  scope text not null check (scope in ('folder', 'files')), -- files: only those that were named
  state text not null default 'online' check (state in ('online', 'offline')),
  listed integer not null default 1, -- 0: taken from the list; all that is known of its photos stays
  added integer not null
) strict;

create table contents (
  id integer primary key,
  hash text not null, -- of head, tail and length
  full_hash text, -- when two agree
  width integer, -- pixels, upright
  height integer,
  taken text, -- as the camera wrote it, ISO 8601 without a zone
  camera text
) strict;
create index contents_hash on contents (hash);

create table photos (
  id integer primary key,
  root integer not null references roots,
  content integer references contents, -- null until its file was read
  name text not null, -- of its file, NFC
  name_key text not null, -- what it is sorted by, see names.ts
  state text not null default 'waiting' check (state in ('waiting', 'sorted', 'failed', 'skipped')),
  code text, -- why it failed or was skipped
  message text,
  hint text,
  pack integer references packs, -- whose verdict the following is, under the policy in force
  pile text check (pile in ('collection', 'group', 'review')),
  collection text,
  group_key text,
  confidence real,
  exit integer not null default 0, -- from 1; 0: none
  exits integer,
  side integer,
  further integer not null default 0, -- the policy in force would look closer
  damaged integer not null default 0,
  joules real,
  joules_low real,
  joules_high real,
  joules_read real,
  joules_network real,
  method text,
  decided text, -- the person's collection
  decided_how text check (decided_how in ('confirmed', 'corrected')),
  sure real as (coalesce(confidence, 2)) virtual, -- least sure first, those without an opinion last
  place text not null as (case
    when decided is not null then 'collection:' || decided
    when state <> 'sorted' then state
    when pile = 'collection' then 'collection:' || collection
    when pile = 'group' then 'group:' || group_key
    else 'review' end) virtual
) strict;
create index photos_content on photos (content);
create index photos_root on photos (root);
create index photos_root_name on photos (root, name_key, name); -- name: so that a search need not look further
create index photos_root_sure on photos (root, sure, name);
create index photos_place on photos (place, exit, root);
create index photos_place_name on photos (place, exit, root, name_key);
create index photos_place_sure on photos (place, exit, root, sure);
create index photos_problem on photos (state, code) where state in ('failed', 'skipped');

create table files (
  id integer primary key,
  root integer not null references roots,
  path text not null, -- relative to the root
  size integer not null, -- bytes
  mtime integer not null,
  inode integer,
  content integer references contents,
  photo integer not null references photos,
  state text not null default 'present' check (state in ('present', 'missing')),
  unique (root, path)
) strict;
create index files_photo on files (photo);
create index files_missing on files (root) where state = 'missing';

create table skips ( -- what a scan left aside, by reason
  root integer not null references roots,
  code text not null,
  message text not null,
  count integer not null,
  examples text not null, -- JSON: a few names
  primary key (root, code, message)
) strict, without rowid;

create table runs (
  id integer primary key,
  started integer not null,
  ended integer,
  state text not null default 'running' check (state in ('running', 'done', 'stopped', 'failed')),
  pack integer not null references packs,
  policy text not null, -- JSON
  provider text not null,
  files integer not null,
  summary text -- JSON
) strict;

create table verdicts (
  id integer primary key,
  content integer not null references contents,
  pack integer not null references packs,
  run integer not null references runs,
  verdict text not null, -- JSON, as the run gave it, without path
  unique (content, pack)
) strict;

create table decisions ( -- the person's words, in order; those with one step were given at once
  id integer primary key,
  step integer not null,
  at integer not null,
  photo integer not null references photos,
  how text not null check (how in ('confirmed', 'corrected')),
  collection text not null,
  before text, -- what stood there before, with before_how
  before_how text,
  state text not null default 'stands' check (state in ('stands', 'undone', 'past')) -- past: undone, and a new word came
) strict;
create index decisions_state on decisions (state, step);
create index decisions_photo on decisions (photo);

create table operations ( -- changes to files: each is journalled before it is done
  id integer primary key,
  kind text not null,
  state text not null,
  plan text not null, -- JSON: what was asked for
  started integer not null,
  ended integer
) strict;

create table steps (
  id integer primary key,
  operation integer not null references operations,
  file integer references files,
  state text not null,
  source text not null,
  target text not null,
  size integer not null,
  mtime integer not null,
  hash text
) strict;
create index steps_operation on steps (operation, state);

create table counts ( -- kept by the triggers below
  root integer not null,
  place text not null,
  exit integer not null,
  photos integer not null,
  further integer not null,
  primary key (root, place, exit)
) strict, without rowid;

create virtual table names using fts5(name, content='photos', content_rowid='id', tokenize='trigram', columnsize=0);

create trigger photo_added after insert on photos begin
  insert into counts values (new.root, new.place, new.exit, 1, new.further)
    on conflict do update set photos = photos + 1, further = further + excluded.further;
  insert into names (rowid, name) values (new.id, new.name);
end;
create trigger photo_moved after update of root, state, pile, collection, group_key, decided, exit, further on photos
  when old.root <> new.root or old.place <> new.place or old.exit <> new.exit or old.further <> new.further
begin
  update counts set photos = photos - 1, further = further - old.further where root = old.root and place = old.place and exit = old.exit;
  insert into counts values (new.root, new.place, new.exit, 1, new.further)
    on conflict do update set photos = photos + 1, further = further + excluded.further;
end;
create trigger photo_renamed after update of name on photos when old.name <> new.name begin
  insert into names (names, rowid, name) values ('delete', old.id, old.name);
  insert into names (rowid, name) values (new.id, new.name);
end;
create trigger photo_gone after delete on photos begin
  update counts set photos = photos - 1, further = further - old.further where root = old.root and place = old.place and exit = old.exit;
  insert into names (names, rowid, name) values ('delete', old.id, old.name);
end;
`;

/** A photo may have several files; those of a folder are found at once. */
const companions = `
alter table files add column role text not null default 'main' check (role in ('main', 'companion')); -- each photo has one main file
alter table files add column folder text as (rtrim(path, replace(path, '/', ''))) virtual; -- 'a/b/' of 'a/b/c.jpg', '' in the root itself
create index files_folder on files (root, folder);
`;

/** Picks and rejects: a photo's flag, decisions that are about it, and counts that know it. */
const flags = `
alter table photos add column flag text check (flag in ('pick', 'reject'));
create index photos_flag on photos (flag, root) where flag is not null; -- these three: only of photos that have one
create index photos_flag_name on photos (flag, root, name_key) where flag is not null;
create index photos_flag_sure on photos (flag, root, sure) where flag is not null;

create table words ( -- as decisions were, with flags
  id integer primary key,
  step integer not null,
  at integer not null,
  photo integer not null references photos,
  how text not null check (how in ('confirmed', 'corrected', 'picked', 'rejected', 'unflagged')),
  collection text, -- of the first two
  before text, -- what stood there before: the person's collection with before_how, or the flag
  before_how text,
  state text not null default 'stands' check (state in ('stands', 'undone', 'past')), -- past: undone, and a new word came
  check ((how in ('confirmed', 'corrected')) = (collection is not null))
) strict;
insert into words (id, step, at, photo, how, collection, before, before_how, state)
  select id, step, at, photo, how, collection, before, before_how, state from decisions;
drop table decisions;
alter table words rename to decisions;
create index decisions_state on decisions (state, step);
create index decisions_photo on decisions (photo);

drop trigger photo_added;
drop trigger photo_moved;
drop trigger photo_gone;
create table cells (
  root integer not null,
  place text not null,
  exit integer not null,
  flag text not null, -- '' where there is none
  photos integer not null,
  further integer not null,
  primary key (root, place, exit, flag)
) strict, without rowid;
insert into cells select root, place, exit, '', photos, further from counts;
drop table counts;
alter table cells rename to counts;
create trigger photo_added after insert on photos begin
  insert into counts values (new.root, new.place, new.exit, coalesce(new.flag, ''), 1, new.further)
    on conflict do update set photos = photos + 1, further = further + excluded.further;
  insert into names (rowid, name) values (new.id, new.name);
end;
create trigger photo_moved after update of root, state, pile, collection, group_key, decided, exit, further, flag on photos
  when old.root <> new.root or old.place <> new.place or old.exit <> new.exit or old.further <> new.further or old.flag is not new.flag
begin
  update counts set photos = photos - 1, further = further - old.further
    where root = old.root and place = old.place and exit = old.exit and flag = coalesce(old.flag, '');
  insert into counts values (new.root, new.place, new.exit, coalesce(new.flag, ''), 1, new.further)
    on conflict do update set photos = photos + 1, further = further + excluded.further;
end;
create trigger photo_gone after delete on photos begin
  update counts set photos = photos - 1, further = further - old.further
    where root = old.root and place = old.place and exit = old.exit and flag = coalesce(old.flag, '');
  insert into names (names, rowid, name) values ('delete', old.id, old.name);
end;
`;

/** `migrations[n]` leads from version n to n + 1. */
export const migrations: readonly string[] = [first, companions, flags];
