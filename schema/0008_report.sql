-- +goose Up
-- Special days an office entered over the shipped table.
create table holiday (
	day       text primary key,
	kind      text not null,                -- holiday | compensatory | swap_off | make_up | ordinary
	name      text not null,
	source    text not null,
	confirmed boolean not null
);

-- A chế độ báo cáo. Text that is still '' and references still null keep it from being activated.
create table regime (
	id           text primary key,
	code         text not null unique,
	name         text not null,
	content      text not null,             -- what is reported
	receiver     text references body (id),
	kind         text,                      -- month | quarter | half | nine_months | year
	cutoff       text,                      -- ND09 | CALENDAR | CUSTOM:day
	working_days integer not null,          -- after the cut-off; 0 while not decided
	channel      text not null,             -- how it is sent
	feeds_from   text references regime (id),
	basis        text not null,             -- the document that made it so
	created_at   bigint not null,
	activated_at bigint,
	ended_at     bigint,
	version      bigint not null
);
-- One version of a form; content never changes once activated.
create table regime_form (
	id           text primary key,
	regime       text not null references regime (id),
	number       integer not null,
	valid_from   text,                      -- first day of the first period served
	content      text not null,             -- JSON of Outline
	digest       text not null,             -- of content: key of the copy in memory
	activated_at bigint,
	version      bigint not null
);
create unique index regime_form_number on regime_form (regime, number);
create table regime_assignment (
	id         text primary key,
	regime     text not null references regime (id),
	body       text not null references body (id),
	valid_from text not null,
	valid_to   text,
	basis      text not null,
	sectors    text not null                -- codes with a blank between; '' for all
);
create index regime_assignment_regime on regime_assignment (regime, body, valid_from);
-- Sectors of an assignment that another body reports from a day on, because their function went over to it. The
-- assignment itself stays as it was.
create table regime_transfer (
	id         text primary key,
	assignment text not null references regime_assignment (id),
	sectors    text not null,               -- codes with a blank between; '' for all of the assignment
	body       text not null references body (id),
	from_day   text not null,               -- periods whose cut-off lies on or after it
	basis      text not null,
	ended_at   bigint                       -- taken back, and counts no more
);
create index regime_transfer_assignment on regime_transfer (assignment);

-- A period opened. received and mark change with its reports and are written once per commit.
create table opening (
	id         text primary key,
	regime     text not null references regime (id),
	period     text not null,
	form       text not null references regime_form (id),
	from_day   text not null,               -- first and last day of the figures
	to_day     text not null,
	due        text not null,
	due_reason text not null,
	opened_at  bigint not null,
	received   bigint not null,             -- running number of the last receipt
	mark       text not null                -- journal root at its last change: key of what is kept in memory
);
create unique index opening_period on opening (regime, period);
-- Ids and codes of the bodies of an opening, in the order of obligation.n (format: roster.go).
create table opening_roster (
	opening text primary key references opening (id),
	data    blob not null
);
-- What the accepted versions of an opening add up to (format: totals.go).
create table opening_total (
	opening text primary key references opening (id),
	data    blob not null
);
create table obligation (
	id             text primary key,
	opening        text not null references opening (id),
	body           text not null references body (id), -- who was asked; never changes
	holder         text not null references body (id), -- who answers for it now: body until it was handed over
	n              integer not null,
	sectors        text not null,           -- asked for; '' for all
	due            text not null,           -- in force, after extensions and returns
	drafted        boolean not null,
	extended       boolean not null,
	returned       boolean not null,        -- the latest version was sent back
	owed           boolean not null,        -- something is still to be handed in
	latest         text,
	latest_version bigint not null,
	latest_at      bigint,
	late           boolean not null,
	nil_report     boolean not null,
	accepted       text
);
create unique index obligation_opening on obligation (opening, n);
create unique index obligation_body on obligation (opening, body);
-- Who has no accepted version: what a consolidation lists as missing.
create index obligation_unaccepted on obligation (opening, n) where accepted is null;
-- What waits to be accepted.
create index obligation_unreceived on obligation (opening) where latest is not null and not returned and (accepted is null or accepted <> latest);
-- What a body still owes: its desk.
create index obligation_owed on obligation (holder, due) where owed;
create index obligation_moved on obligation (opening) where holder <> body;

create table report_draft (
	obligation text primary key references obligation (id),
	content    text not null,               -- JSON of Draft: every cell exactly as typed
	version    bigint not null,
	saved_at   bigint not null,
	saved_by   text not null,
	saved_name text not null,
	approved_version bigint not null,       -- the version the agency's leader approved, 0 for none
	approved_at bigint,
	approved_by text not null
);

-- One version handed in: one row, figures packed (format: values.go).
create table submission (
	id             text primary key,
	obligation     text not null references obligation (id),
	opening        text not null,           -- as its obligation says, which vouches for both
	body           text not null,
	version        bigint not null,
	number         bigint not null,         -- running number within the opening
	at             bigint not null,
	due            text not null,           -- the day that was in force
	late           boolean not null,
	nil_report     boolean not null,
	way            text not null,           -- program | signed | paper | import
	by_actor       text not null,
	by_name        text not null,
	figures        blob not null,
	sections       text not null,           -- JSON
	notes          text not null,           -- JSON: reasons for warnings; '' for none
	hash           text not null,           -- sha256 of the canonical content, hex
	key            text,                    -- idempotency key with its actor
	file           text references file (id), -- the signed original
	paper_number   text not null,           -- of the signed original
	paper_date     text,
	signer         text not null,
	arrival_number text not null,           -- số đến, for a paper entered by the commission
	arrival_date   text,
	journal_size   bigint not null,
	journal_root   text not null
);
create unique index submission_version on submission (obligation, version);
create unique index submission_key on submission (key) where key is not null;

create table report_acceptance (
	id         text primary key,
	submission text not null references submission (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);
create index report_acceptance_submission on report_acceptance (submission);
create table report_return (
	id         text primary key,
	submission text not null references submission (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	reason     text not null,
	section    text not null,
	sector     text not null,
	paragraph  integer not null,            -- from 1; 0 for the whole section
	indicator  text not null,
	due        text                         -- the new day; null keeps the old
);
create index report_return_submission on report_return (submission);
create table report_extension (
	id         text primary key,
	obligation text not null references obligation (id),
	asked_due  text not null,
	reason     text not null,
	asked_at   bigint not null,
	asked_by   text not null,
	decided_at bigint,
	decided_by text not null,
	due        text,                        -- granted until; null while undecided or when refused
	answer     text not null
);
create index report_extension_obligation on report_extension (obligation, asked_at);
create table report_reminder (
	id         text primary key,
	obligation text not null references obligation (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	channel    text not null,               -- phone | zalo | email | paper
	note       text not null
);
create index report_reminder_obligation on report_reminder (obligation, at);
create table report_waiver (              -- the commission waits no more; the report stays missing
	id         text primary key,
	obligation text not null references obligation (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	reason     text not null
);
create index report_waiver_obligation on report_waiver (obligation, at);
