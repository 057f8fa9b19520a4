-- Each slot of a line has a status of its own, which its instance repeats as a sign of life.
alter table model_status add column slot text not null default '';
alter table model_status add column bundle_sha256 text;
alter table model_status add column repeated_every_ms bigint not null default 0;
alter table model_status add column removed boolean not null default false;
alter table model_status drop constraint model_status_pkey;
alter table model_status add primary key (instance, line, slot);
comment on table model_status is 'What each instance of stream-processor last said of each slot of each model line.';
comment on column model_status.slot is 'ACTIVE, STAGED or FALLBACK; empty: from an instance that did not tell slots apart.';
comment on column model_status.at is 'When it was said, or said again.';
comment on column model_status.repeated_every_ms is 'How often the instance says it again; unheard of for three times as long, it counts as gone. 0: never.';
comment on column model_status.removed is 'The instance took it back. The row stays, so that a replay changes nothing.';
