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

/** Changes to files, as they came to be: nothing had been kept in the tables before. */
const journal = `
drop table steps;
drop table operations;

create table targets ( -- folders that the person granted to be sorted into
  id integer primary key,
  path text not null unique, -- absolute
  used integer not null
) strict;

create table operations (
  id integer primary key,
  kind text not null check (kind in ('move', 'copy', 'bin')),
  undoes integer references operations, -- the one that it takes back
  state text not null default 'running' check (state in ('running', 'done', 'stopped', 'failed')),
  reason text, -- why it ended before it was done
  target text not null, -- absolute; of one that takes back, that of the one it takes back
  collisions text not null check (collisions in ('number', 'skip')),
  grounds text not null, -- JSON: folders that have to be there
  folders text not null default '[]', -- JSON: those that it made
  token text not null, -- in the names of its temporary files
  started integer not null,
  ended integer,
  files integer not null, -- these four are kept: how many steps it has, and of each state
  done integer not null default 0,
  left_over integer not null default 0,
  undone integer not null default 0,
  lost text not null default '{}' -- JSON: what volumes could not keep, with the number of files
) strict;

create table steps (
  id integer primary key,
  operation integer not null references operations,
  unit integer not null, -- those of one photo have one
  photo integer, -- null where it is known no more, as the next
  file integer,
  kind text not null check (kind in ('move', 'copy', 'bin')),
  state text not null default 'intended' check (state in ('intended', 'done', 'left', 'undone')),
  source text not null, -- absolute, as target
  target text not null,
  size integer not null, -- as planned, then as it was left
  mtime real not null, -- with fractions
  hash text,
  made text, -- identity of the file that was made for the target
  reverses integer references steps,
  code text, -- why it was left
  message text
) strict;
create index steps_operation on steps (operation, state, unit, id);
create index steps_photo on steps (photo, state);
create index steps_reverses on steps (reverses) where reverses is not null;
`;

/**
 * When and with what a photo was taken: from its content into its row, so that views can be in that order and narrowed by it. The indexes of
 * whole roots have all that a row is looked through for, and the id right behind the key, as pages go by both.
 */
const facets = `
create table cameras (
  id integer primary key,
  name text not null unique
) strict;
alter table photos add column taken text not null default '~'; -- as in contents; '~' where that is not known, which sorts last
alter table photos add column year integer not null default 0; -- of taken; 0 where that is not known
alter table photos add column camera integer not null default 0; -- of cameras; 0 where it is not known
insert into cameras (name) select distinct camera from contents where camera is not null;
update photos set taken = coalesce(contents.taken, '~'), year = coalesce(cast(substr(contents.taken, 1, 4) as integer), 0),
    camera = coalesce((select id from cameras where name = contents.camera), 0)
  from contents where contents.id = photos.content and coalesce(contents.taken, contents.camera) is not null;

drop index photos_root;
drop index photos_root_name;
drop index photos_root_sure;
create index photos_root on photos (root, id, name, year, camera);
create index photos_root_name on photos (root, name_key, id, name, year, camera);
create index photos_root_sure on photos (root, sure, id, name, year, camera);
create index photos_root_taken on photos (root, taken, id, name, year, camera);
create index photos_place_taken on photos (place, exit, root, taken);
create index photos_flag_taken on photos (flag, root, taken) where flag is not null;
create index photos_camera on photos (camera, root, year) where camera > 0;

create table facets ( -- kept by the triggers below
  root integer not null,
  year integer not null,
  camera integer not null,
  photos integer not null,
  primary key (root, year, camera)
) strict, without rowid;
insert into facets select root, year, camera, count(*) from photos group by root, year, camera;
create trigger facet_added after insert on photos begin
  insert into facets values (new.root, new.year, new.camera, 1) on conflict do update set photos = photos + 1;
end;
create trigger facet_moved after update of root, year, camera on photos
  when old.root <> new.root or old.year <> new.year or old.camera <> new.camera
begin
  update facets set photos = photos - 1 where root = old.root and year = old.year and camera = old.camera;
  insert into facets values (new.root, new.year, new.camera, 1) on conflict do update set photos = photos + 1;
end;
create trigger facet_gone after delete on photos begin
  update facets set photos = photos - 1 where root = old.root and year = old.year and camera = old.camera;
end;

create trigger content_described after update of taken, camera on contents when old.taken is not new.taken or old.camera is not new.camera
begin
  insert into cameras (name) select new.camera where new.camera is not null on conflict do nothing;
  update photos set taken = coalesce(new.taken, '~'), year = coalesce(cast(substr(new.taken, 1, 4) as integer), 0),
      camera = coalesce((select id from cameras where name = new.camera), 0)
    where content = new.id;
end;
create trigger photo_read after update of content on photos when old.content is not new.content begin
  update photos set
      taken = coalesce((select taken from contents where id = new.content), '~'),
      year = coalesce((select cast(substr(taken, 1, 4) as integer) from contents where id = new.content), 0),
      camera = coalesce((select cameras.id from contents join cameras on cameras.name = contents.camera where contents.id = new.content), 0)
    where id = new.id;
end;
`;

/** `migrations[n]` leads from version n to n + 1. */
export const migrations: readonly string[] = [first, companions, flags, journal, facets];
