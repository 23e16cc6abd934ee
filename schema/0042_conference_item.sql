-- +goose Up
-- The items of a programme become records: who speaks, when, and which document, report or task an item is about. What was
-- planned before stands as lines in conference.agenda and is read from there until the plan is saved again.
create table conference_item (
	id          text primary key,
	conference  text not null references conference (id),
	n           integer not null,           -- 1, 2, 3… in the programme
	at          text not null,              -- "14:05", or '' while the hour is open
	subject     text not null,
	speaker     text not null,
	about_kind  text not null,              -- kind of the record it is about: directive, consolidation, task …; '' for none
	about_id    text,                       -- null for none
	about_label text not null,              -- how that was called when it was put on the programme
	rolls_out   boolean not null,           -- the directive is made known to those present (quán triệt)
	unique (conference, n)
);

-- A document made known to several bodies at one meeting above them; what each does among its own people is its rollout.
create table directive_session (
	id           text primary key,
	directive    text not null references directive (id),
	source_kind  text not null,             -- the meeting: briefing
	source_id    text not null,
	source_label text not null,
	held_on      text not null,
	noted_at     bigint not null,
	noted_by     text not null,
	withdrawn_at bigint                     -- the meeting was opened again; it is noted anew when it ends
);
create index directive_session_directive on directive_session (directive);
create index directive_session_source on directive_session (source_kind, source_id);
create table directive_session_body (
	session text not null references directive_session (id),
	body    text not null references body (id),
	primary key (session, body)
);
create index directive_session_body_body on directive_session_body (body);
