-- results-sink's own schema. One writer: the feeds. Replayed records change nothing.

create table kafka_position (
    topic        text   not null,
    partition_no int    not null,
    topic_id     text   not null,
    next_offset  bigint not null,
    primary key (topic, partition_no)
);
comment on table kafka_position is 'The next record to store, written in the transaction that stores the records before it. Delete a row to replay its partition: known revisions are recognised.';
comment on column kafka_position.topic_id is 'Kafka''s id of the topic: a topic that was deleted and made again starts at its beginning.';

create table study (
    study_uid              text primary key,
    -- from hilum.studies: names a person
    patient_name           text,
    patient_id             text,
    issuer_of_patient_id   text,
    birth_date             text,
    sex                    text,
    accession_number       text,
    study_date             text,
    study_time             text,
    study_description      text,
    referring_physician    text,
    requested_procedure_id text,
    placer_order_number    text,
    demographics_topic_id  text,
    demographics_offset    bigint,
    -- from hilum.findings: the newest revision
    revision               bigint,
    status                 text        not null default 'RECEIVED',
    status_reason          text,
    outcome                text        not null default 'WAITING',
    outcome_reason         text,
    priority               text        not null default 'NONE',
    priority_rank          smallint    not null default 0,
    priority_rule          text,
    priority_inputs        text[]      not null default '{}',
    site                   text,
    synthetic              boolean     not null default false,
    patient_key            text,
    age_years              double precision,
    findings_sex           text,
    last_received          timestamptz,
    emitted                timestamptz,
    stored                 timestamptz,
    -- from whichever spoke first
    received               timestamptz not null
);
comment on table study is 'The current state of each study: its demographics and its newest findings. Personal data.';
comment on column study.status is 'RECEIVED until the first findings, then the findings'' status.';
comment on column study.outcome is 'What a reader is told first: WAITING, POSITIVE, NO_FINDING, UNDECIDED, NOT_SCORED, OUT_OF_SCOPE, WITHDRAWN.';
comment on column study.priority_rank is 'STAT 3, URGENT 2, ROUTINE 1, NONE 0: the worklist''s first order.';
comment on column study.received is 'Arrival of the first image: the worklist''s second order.';
comment on column study.stored is 'When the newest revision was written here.';
create index study_worklist on study (priority_rank desc, received, study_uid);
create index study_received on study (received);

create table study_revision (
    study_uid     text        not null references study,
    revision      bigint      not null,
    status        text        not null,
    status_reason text,
    outcome       text        not null,
    priority      text        not null,
    last_received timestamptz,
    emitted       timestamptz,
    stored        timestamptz not null,
    event         bytea       not null,
    primary key (study_uid, revision)
);
comment on table study_revision is 'Every revision that was ever published, as it was published. Study UID + revision is the idempotence key.';
comment on column study_revision.last_received is 'Arrival of the newest image that the revision knew.';
comment on column study_revision.event is 'hilum.v1.StudyFindings, protobuf.';

create table study_line (
    study_uid            text    not null references study,
    line                 text    not null,
    position             int     not null,
    version              text    not null,
    bundle_sha256        text,
    engine               text,
    trained_on_synthetic boolean not null,
    notice               text,
    primary key (study_uid, position)
);
comment on table study_line is 'Which models scored the newest revision. One line stands here twice when its model was exchanged between two images of the study.';

create table finding (
    study_uid        text             not null references study,
    line_position    int              not null,
    line             text             not null,
    label            text             not null,
    position         int              not null,
    probability      double precision not null,
    operating_point  double precision,
    decision         text             not null,
    sop_instance_uid text,
    primary key (study_uid, line_position, label)
);
comment on table finding is 'Findings of the newest revision, merged over the study''s frontal images.';
comment on column finding.operating_point is 'Null where the evidence does not support one; the decision is then UNDECIDED.';
comment on column finding.sop_instance_uid is 'The image that gave the maximum.';

create table image (
    study_uid        text not null references study,
    sop_instance_uid text not null,
    object_sha256    text not null,
    position         int  not null,
    series_uid       text,
    object_uri       text,
    canvas_uri       text,
    canvas_sha256    text,
    canvas_width     int  not null,
    canvas_height    int  not null,
    view             text not null,
    scope            text not null,
    scope_reason     text,
    received         timestamptz,
    object_stored    timestamptz,
    rendered         timestamptz,
    published        timestamptz,
    consumed         timestamptz,
    queue_us         bigint,
    compute_us       bigint,
    output_us        bigint,
    forwarded        timestamptz,
    batch            int,
    primary key (study_uid, sop_instance_uid, object_sha256)
);
comment on table image is 'Images of the newest revision. One SOP Instance UID may stand for two objects when a sender broke the rule; the digest tells them apart.';
create index image_by_sop on image (sop_instance_uid);

create table image_score (
    study_uid        text             not null,
    sop_instance_uid text             not null,
    object_sha256    text             not null,
    line             text             not null,
    label            text             not null,
    position         int              not null,
    logit            double precision not null,
    probability      double precision not null,
    primary key (study_uid, sop_instance_uid, object_sha256, line, label),
    foreign key (study_uid, sop_instance_uid, object_sha256) references image on delete cascade
);
comment on table image_score is 'What each model said of each image, before merging.';

create table heat_map (
    study_uid        text             not null,
    sop_instance_uid text             not null,
    object_sha256    text             not null,
    line             text             not null,
    label            text             not null,
    grid             int              not null,
    cells            bytea            not null,
    raw_maximum      double precision not null,
    region_x         double precision not null,
    region_y         double precision not null,
    region_width     double precision not null,
    region_height    double precision not null,
    primary key (study_uid, sop_instance_uid, object_sha256, line, label),
    foreign key (study_uid, sop_instance_uid, object_sha256) references image on delete cascade
);
comment on table heat_map is 'Grad-CAM cells (grid x grid, 0..255, row by row) over the region of the canvas that the model saw, in canvas pixels.';

create table dead_letter (
    digest           bytea primary key,
    kind             text        not null,
    cause_code       text,
    cause            text        not null,
    detail           text,
    sender           text,
    site             text,
    study_uid        text,
    sop_instance_uid text,
    object_uri       text,
    origin_service   text,
    origin_topic     text,
    origin_partition int,
    origin_offset    bigint,
    at               timestamptz not null,
    stored           timestamptz not null
);
comment on table dead_letter is 'Everything that did not become findings, with its reason: refused at the door, quarantined, or an unprocessable record.';
comment on column dead_letter.digest is 'SHA-256 of the record: a dead letter that was published twice is one row.';
create index dead_letter_at on dead_letter (at desc);

create table model_status (
    instance     text        not null,
    line         text        not null,
    generation   bigint      not null,
    version      text        not null,
    state        text        not null,
    reason       text,
    engine       text,
    at           timestamptz not null,
    topic_id     text        not null,
    topic_offset bigint      not null,
    primary key (instance, line)
);
comment on table model_status is 'What each instance of stream-processor last said of each model line.';

create table poison_record (
    topic        text        not null,
    topic_id     text        not null,
    partition_no int         not null,
    topic_offset bigint      not null,
    reason       text        not null,
    record_key   bytea,
    record_value bytea,
    record_bytes int         not null,
    at           timestamptz not null,
    stored       timestamptz not null,
    primary key (topic, topic_id, partition_no, topic_offset)
);
comment on table poison_record is 'Records that this service could not read or store. They were skipped; the stream went on.';
comment on column poison_record.record_value is 'The first 64 KiB of the record.';

create table change_log (
    id   bigint generated always as identity primary key,
    at   timestamptz not null,
    kind text        not null,
    data text        not null
);
comment on table change_log is 'What changed, in commit order, for live pages: the id is the server-sent event''s id. Old rows are removed; a page that missed them reloads.';
