-- Generated: the tables after all migrations. UPDATE=1 go test ./schema rewrites it.

CREATE TABLE account (
	id          text primary key,
	person      text not null references person (id),
	login       text not null unique,       -- lower case
	password    text not null,              -- argon2id, PHC string; '' cannot sign in by password
	created_at  bigint not null,
	disabled_at bigint
, one_time_until bigint);

CREATE TABLE appraisal (
	id             text primary key,
	org            text not null references body (id), -- who wrote the draft
	kind           text not null,                      -- tham_dinh, gop_y
	form           text not null,                      -- loại văn bản
	subject        text not null,
	addressee      text not null,                      -- party, government, own: who is to issue it
	addressee_name text not null,                      -- as the author writes it
	sector         text not null default '',
	submit_on      text,                               -- the day on which it is to be submitted
	rule           text references appraisal_rule (id),
	review         text references review (id),        -- whose step it is
	at             bigint not null,
	by_actor       text not null,
	by_name        text not null
);

CREATE TABLE appraisal_comment (
	id         text primary key,
	appraisal  text not null references appraisal (id),
	seq        bigint not null,           -- the order in which they were made
	n          bigint not null,           -- the version on which it was made
	org        text not null references body (id),
	paragraph  text not null default '',  -- key in that version; '' for the whole draft
	quote      text not null default '',  -- the words it is about, where it names some
	words      text not null default '',
	wording    text not null default '',  -- the wording proposed in place of the paragraph
	file       text references file (id), -- where it was read from; null for one typed on the page
	who        text not null default '',  -- whom the file names
	unsure     text not null default '',  -- what is not clear about what was read
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	dropped_at bigint                     -- taken back before the opinion was signed
);

CREATE TABLE appraisal_disposal (
	comment  text not null references appraisal_comment (id),
	seq      bigint not null,
	n        bigint not null, -- the version that stood then
	kind     text not null,   -- accepted, partly, explained
	wording  text not null,
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	primary key (comment, seq)
);

CREATE TABLE appraisal_fact (
	appraisal text not null references appraisal (id),
	seq       bigint not null,
	n         bigint not null,      -- the version that stood then
	kind      text not null,        -- stopped, resumed, concluded, closed, withdrawn
	day       text not null,
	says      text not null default '', -- of a result: ready, mended, unready
	note      text not null default '', -- the reason
	due       text,                 -- of resumed: until when now
	explained text not null default '',
	paper     text references paper (id),
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (appraisal, seq)
);

CREATE TABLE appraisal_opinion (
	appraisal text not null references appraisal (id),
	n         bigint not null,
	org       text not null references body (id),
	says      text not null,  -- agree, supplement, reconsider
	note      text not null,
	paper     text references paper (id), -- where it went out as a paper
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (appraisal, n, org)
);

CREATE TABLE appraisal_place (
	comment   text not null references appraisal_comment (id),
	n         bigint not null,
	seq       bigint not null,
	paragraph text not null,  -- '' while a person is asked, and for one that the person gave to the whole draft
	until     text not null,  -- the last paragraph, where it was split
	how       text not null,
	at        bigint not null,
	by_name   text not null,
	primary key (comment, n, seq)
);

CREATE TABLE appraisal_result (
	paper     text primary key references paper (id),
	appraisal text not null references appraisal (id),
	n         bigint not null,
	says      text not null
);

CREATE TABLE appraisal_reviewer (
	appraisal text not null references appraisal (id),
	n         bigint not null,
	org       text not null references body (id),
	due       text not null,
	explained text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (appraisal, n, org)
);

CREATE TABLE appraisal_rule (
	id         text primary key,
	org        text not null references body (id),
	form       text not null default '', -- loại văn bản; '' for any
	addressee  text not null,            -- party, government
	sector     text not null default '', -- '' for any
	days       bigint not null,
	basis      text not null,            -- the regulation, as cited
	valid_from text not null,
	valid_to   text,                     -- the last day
	at         bigint not null,
	by_name    text not null
);

CREATE TABLE appraisal_unseen (
	directive text not null references directive (id),
	seq       bigint not null,
	kind      text not null,                      -- asked, answered, found, told, untold
	org       text references body (id),          -- who is asked
	appraisal text references appraisal (id),     -- that was found
	note      text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (directive, seq)
);

CREATE TABLE appraisal_version (
	appraisal  text not null references appraisal (id),
	n          bigint not null,
	file       text references file (id),
	name       text not null,  -- of the file
	paragraphs text not null,
	problems   text not null,  -- what could not be read of the file, a line each
	note       text not null,  -- what the author says about it
	due        text not null,  -- until when opinions are given
	explained  text not null,  -- how that day was found
	days       bigint not null, -- working days counted; 0 where the day was fixed
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	primary key (appraisal, n)
);

CREATE TABLE archive_batch (
	id       text primary key,
	org      text not null references body (id),
	door     text not null,                         -- page | command
	found    integer not null,                      -- files to be read
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE archive_batch_line (
	batch    text not null references archive_batch (id),
	seq      integer not null,
	name     text not null,                         -- '' for a paper that must not be named
	outcome  text not null,                         -- new | known | refused
	sentence text not null,                         -- why it was refused
	import   text,
	primary key (batch, seq)
);

CREATE TABLE archive_decision (
	id       text primary key,
	field    text not null references archive_field (id),
	no       integer not null,
	verdict  text not null,                         -- accepted | corrected | skipped | reopened
	kept     text not null,
	made_new boolean not null,                      -- it made the record; otherwise it was tied to one that stood
	made_id  text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	unique (field, no)
);

CREATE TABLE archive_event (
	id        text primary key,
	org       text not null references body (id),
	kind      text not null,                        -- briefing | year_review | programme_signing | programme_review
	period    text,
	held_on   text,
	part      text not null,                        -- morning | afternoon | evening | ''
	launches  text,
	organiser text not null,
	province  text not null,
	place     text not null,
	concluder text not null,
	sort_day  text not null,                        -- the day, else the last day of the period
	at        bigint not null
, answer text not null default '', answered_at bigint, answered_by text not null default '');

CREATE TABLE archive_field (
	id         text primary key,
	import     text not null references archive_import (id),
	seq        integer not null,
	kind       text not null,
	first_byte integer not null,                    -- 0, 0 when the text does not state it
	last_byte  integer not null,
	value      text not null,                       -- as read
	sure       boolean not null,                    -- may be taken together with all others that are sure
	added      boolean not null,                    -- typed by a person: the reader had not seen it
	state      text not null,                       -- pending | accepted | corrected | skipped
	kept       text not null,                       -- as confirmed; '' while pending or skipped
	version    integer not null,                    -- the number of its decisions
	made_kind  text not null,
	made_id    text not null,
	made_label text not null);

CREATE TABLE archive_import (
	id         text primary key,
	org        text not null references body (id),  -- whose archive: the commission's
	file       text not null references file (id),
	sha256     text not null,
	name       text not null,
	title      text not null,
	kind       text not null,                       -- as confirmed, else as proposed
	held_on    text,
	period     text,
	posted     text,                                -- when the page was put up
	sort_day   text not null,
	main_first integer not null,                    -- the article in it
	main_last  integer not null,
	pending    integer not null,                    -- fields without a decision; follows from them
	decided    integer not null,
	event      text references archive_event (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	text       text not null,                       -- the whole text; places of fields count its bytes
	folded     text not null,                       -- words of name, title and article without marks, for the search; the long columns stand last
	unique (org, sha256)
);

CREATE TABLE body (
	id         text primary key,
	code       text not null unique,        -- short business code: SYT, BTGTU; outside programs use it
	kind       text not null,               -- commission | own_unit | lower_commission | party_committee | department | agency | authority, at first
	sort       integer not null,            -- the office's own order of its bodies
	valid_from text not null,
	valid_to   text
);

CREATE TABLE body_alias (
	id         text primary key,
	body       text not null references body (id),
	alias      text not null,               -- as people write it
	folded     text not null,               -- without marks, blanks for dashes and commas, "va" for "&"
	valid_from text,                        -- null: as long as the body lives
	valid_to   text,
	basis      text not null                -- where the spelling was seen
);

CREATE TABLE body_function (
	id         text primary key,
	body       text not null references body (id),
	function   text not null,
	valid_from text not null,
	valid_to   text,
	basis      text not null,
	change     text references org_change (id)
);

CREATE TABLE body_kind (                    -- only of bodies that were reclassified: the kind from that day on
	id         text primary key,
	body       text not null references body (id),
	kind       text not null,
	valid_from text not null,
	valid_to   text,
	basis      text not null
);

CREATE TABLE body_name (
	id         text primary key,
	body       text not null references body (id),
	name       text not null,
	short_name text not null,
	symbol     text not null,               -- as it stands in numbers of papers: SYT, BTGTU
	place      text not null,               -- where its papers are signed
	valid_from text not null,
	valid_to   text,
	basis      text not null                -- the document that made it so; '' when unknown
);

CREATE TABLE body_parent (
	id         text primary key,
	body       text not null references body (id),
	parent     text not null references body (id),
	valid_from text not null,
	valid_to   text,
	basis      text not null
);

CREATE TABLE body_sector (
	id         text primary key,
	body       text not null references body (id),
	sector     text not null,               -- as the report forms name it: YT, GD, LD
	valid_from text not null,
	valid_to   text,
	basis      text not null,
	change     text references org_change (id)
);

CREATE TABLE charge (
	id       text primary key,
	kind     text not null,                 -- obligation | task | review
	record   text not null,                 -- its id
	body     text not null references body (id),
	n        integer not null,              -- 1, 2, 3… of this record and body
	person   text references person (id),   -- null: nobody in particular, the body again
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE conference (
	id         text primary key,
	org        text not null references body (id),  -- the commission that holds it
	kind       text not null,                       -- briefing, year_review …: a kind of the program, or of conference_kind
	title      text not null,                       -- in full; '' while a briefing is called by its period
	organiser  text not null,                       -- commission | province_party | people_committee | joint
	regime     text not null,                       -- code of the regime whose reports it looks back on; '' for none
	period     text,                                -- 2022-Q1; null for none
	period_end text,                                -- last day of the period: orders conferences, finds the one before
	launches   text,                                -- 2022-Q2; null for none
	held_on    text,                                -- null until the day is fixed
	held_at    text not null,                       -- "14:00", or "" while only the half of the day is known
	place      text not null,
	bring      text not null,                       -- papers to bring, one a line
	report_due text,                                -- until when reports and speeches are to be in
	agenda     text not null,                       -- one item a line
	version    bigint not null,
	made_at    bigint not null,
	made_by    text not null
, venues text not null default '');

CREATE TABLE conference_attendance (
	conference text not null references conference (id),
	body       text not null references body (id),
	state      text not null,                         -- present | excused | absent
	name       text not null,                         -- who came
	title      text not null,
	reason     text not null,
	version    bigint not null,
	at         bigint not null,
	by_actor   text not null,
	primary key (conference, body)
);

CREATE TABLE conference_close (
	id          text primary key,
	conference  text not null references conference (id),
	at          bigint not null,
	by_actor    text not null,
	reopened_at bigint,
	reopened_by text not null,
	reason      text not null,
	addendum    text not null                       -- what had changed since the pack was shown, as it stood at the end
);

CREATE TABLE conference_conclusion (
	id           text primary key,
	conference   text not null references conference (id),
	no           integer not null,                  -- its number at the conference, never given twice
	kind         text not null,                     -- undecided | guidance | task
	mode         text not null,                     -- giao | de_nghi; '' unless a task
	words        text not null,
	product      text not null,
	lead         text references body (id),
	due          text,
	due_typed    text not null,                     -- what was typed while it is not yet a date
	due_spoken   boolean not null,                  -- the date was said at the conference
	force_paper  text not null,                     -- the paper of UBND or Thường trực that gives force
	cooperation  text not null,                     -- as typed: one body a line, "STTTT: phần việc, hạn 20/5/2022"
	origin_kind  text not null,                     -- what the draft came from: proposal, task, …; '' when typed
	origin_id    text,
	origin_label text not null,
	version      bigint not null,
	at           bigint not null,
	by_actor     text not null,
	dropped_at   bigint,                            -- taken off the list while the conference ran
	confirmed_at bigint,                            -- the notice was signed: a proposed date counts from here on
	task         text,                              -- what the release made of it
	unique (conference, no)
);

CREATE TABLE conference_contribution (
	id         text primary key,
	conference text not null references conference (id),
	body       text not null references body (id),
	sort       integer not null,
	subject    text not null,
	words      text not null,
	notes      text not null,
	version    bigint not null,
	at         bigint not null,
	unique (conference, body)
);

CREATE TABLE conference_convener (
	conference text not null references conference (id),
	body       text not null references body (id),
	sort       integer not null,
	primary key (conference, body)
);

CREATE TABLE conference_cooperation (
	conclusion text not null references conference_conclusion (id),
	body       text not null references body (id),
	sort       integer not null,
	part       text not null,
	due        text, task text,
	primary key (conclusion, body)
);

CREATE TABLE conference_delegate (
	id         text primary key,
	conference text not null references conference (id),
	body       text not null references body (id),
	name       text not null,
	title      text not null,
	substitute boolean not null,                    -- in the place of somebody named before
	reason     text not null,
	at         bigint not null,
	by_actor   text not null
);

CREATE TABLE conference_fact (
	id         text primary key,
	conference text not null references conference (id),
	n          integer not null,                    -- 1, 2, 3… of the conference
	kind       text not null,                       -- set | moved | postponed | cancelled | joined | restored
	reason     text not null,                       -- '' only for a plan changed before anybody was invited, or a day set anew
	from_on    text,                                -- what was planned before: day, hour, place
	from_at    text not null,
	from_place text not null,
	to_on      text,                                -- what is planned from here on; null: no day
	to_at      text not null,
	to_place   text not null,
	other      text references conference (id),     -- the conference it was joined with; null for the other kinds
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	unique (conference, n)
);

CREATE TABLE conference_guest (
	id         text primary key,
	conference text not null references conference (id),
	sort       integer not null,
	name       text not null,
	title      text not null,
	body       text references body (id),
	attends    text not null,                       -- attends | also | directs: dự, cùng dự, dự và chỉ đạo
	speaks     boolean not null
);

CREATE TABLE conference_heard (
	conference text not null references conference (id),
	body       text not null references body (id),
	n          integer not null,
	at         bigint not null,
	by_actor   text not null,
	primary key (conference, body, n)
);

CREATE TABLE conference_invitee (
	conference text not null references conference (id),
	body       text not null references body (id),
	sort       integer not null,
	who        text not null,                         -- thành phần: "Lãnh đạo sở và đầu mối"
	primary key (conference, body)
);

CREATE TABLE conference_item (
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

CREATE TABLE conference_kind (
	code     text primary key,
	name     text not null,                         -- "Giao ban báo chí"
	pattern  text not null,                         -- "Hội nghị giao ban báo chí {kỳ}"
	spans    text not null,                         -- reports | period | none
	sort     integer not null,
	made_at  bigint not null,
	made_by  text not null,
	ended_at bigint
);

CREATE TABLE conference_mending (
	id           text primary key,
	conclusion   text not null references conference_conclusion (id),
	at           bigint not null,
	by_actor     text not null,
	by_name      text not null,
	note         text not null,             -- what was done
	paper        text not null,             -- number, symbol and date of the paper that proves it, or ''
	withdrawn_at bigint,
	withdrawn_by text not null,
	reason       text not null              -- why it does not count as mended after all
);

CREATE TABLE conference_minutes (
	conference text primary key references conference (id),
	course     text not null,
	assessment text not null,                       -- đánh giá chung, opens the notice
	ended_at   text not null,                       -- "17:05"
	version    bigint not null,
	at         bigint not null
);

CREATE TABLE conference_pack (
	conference text primary key references conference (id),
	content    text not null,
	sha256     text not null,
	at         bigint not null,
	by_actor   text not null
);

CREATE TABLE conference_paper (
	paper      text primary key references paper (id),
	conference text not null references conference (id),
	role       text not null,                         -- invitation | notice
	at         bigint not null
, facts integer not null default 0);

CREATE TABLE conference_seat (
	id         text primary key,
	conference text not null references conference (id),
	role       text not null,                         -- chair | co_chair | concluder | secretary
	sort       integer not null,
	name       text not null,
	title      text not null,
	body       text references body (id)
);

CREATE TABLE conference_sitting (
	id          text primary key,
	org         text not null references body (id),  -- who held it
	unit        text not null references body (id),  -- whom it counts for: the commune above a Party committee, else org
	period      text not null,                       -- 2022-Q1, 2022-H1, 2022-9M, 2022
	period_end  text not null,                       -- the quarter that it counts for ends with this day
	outcome     text not null,                       -- held | agreed | planned
	held_on     text,                                -- held, or planned for; null where it was agreed to hold none
	notice      text not null,                       -- number and symbol of the notice of conclusions; '' while there is none
	reason      text not null,                       -- why none was held
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null,                       -- name of who noted it last
	dropped_at  bigint,
	drop_reason text not null
);

CREATE TABLE conference_sitting_words (
	sitting     text primary key references conference_sitting (id),
	programme   text not null,                       -- one item a line
	people      text not null,                       -- who was there: own people and whom the body invited itself
	course      text not null,
	conclusions text not null,                       -- one a line
	shared_at   bigint,                              -- since when the commission reads them; null: it does not
	version     bigint not null,
	at          bigint not null,
	by_name     text not null
);

CREATE TABLE consolidation (
	id         text primary key,
	regime     text not null references regime (id),
	period     text not null,
	org        text not null references body (id),  -- the commission
	paper      text not null references paper (id),
	wording    text not null,                       -- JSON: subject, opening, recipients
	version    bigint not null,                     -- of the whole draft
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	ended_at   bigint                               -- its paper was withdrawn and another draft begun
);

CREATE TABLE consolidation_comment (
	id        text primary key,
	step      text not null references consolidation_step (id),
	n         integer not null,
	paragraph text not null references consolidation_paragraph (id),
	quote     text not null,                -- what stood there
	words     text not null
);

CREATE TABLE consolidation_origin (
	paragraph     text not null references consolidation_paragraph (id),
	submission    text not null references submission (id),
	section       text not null,                    -- as the agency placed it
	sector        text not null,
	n             integer not null,                 -- place in its report's section, from 1
	consolidation text not null references consolidation (id),
	body          text not null references body (id),
	period        text not null,
	version       bigint not null,
	text          text not null,                    -- as the agency wrote it
	superseded    text not null,                    -- why it no longer counts; '' while it does
	primary key (paragraph, submission, section, sector, n)
);

CREATE TABLE consolidation_paragraph (
	id            text primary key,
	consolidation text not null references consolidation (id),
	section       text not null,
	sector        text not null,
	rank          bigint not null,                  -- order within section and sector
	text          text not null,
	state         text not null,                    -- kept | dropped | merged
	reason        text not null,                    -- why it was dropped
	edited_at     bigint,
	edited_by     text not null
);

CREATE TABLE consolidation_signing (
	consolidation text primary key references consolidation (id),
	at            bigint not null,
	by_actor      text not null,
	by_name       text not null,
	frozen        text not null,                    -- JSON
	sha256        text not null
);

CREATE TABLE consolidation_step (
	id            text primary key,
	consolidation text not null references consolidation (id),
	n             integer not null,         -- 1, 2, 3… of this report
	version       bigint not null,          -- of the draft it was done with
	kind          text not null,            -- put_forward | taken_back | sent_back
	note          text not null,
	at            bigint not null,
	by_actor      text not null,
	by_name       text not null
, stages text not null default '', passed integer not null default 0);

CREATE TABLE deadline_left (
	id       text primary key,
	kind     text not null, -- opening | obligation | proposal | task | review
	record   text not null, -- its id
	part     text not null, -- the body of a task's side, the step of a review; '' when the record has one deadline
	from_due text not null,
	due      text not null, -- the day that was proposed
	word     text not null, -- left | again
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE denial (
	address text not null,
	actor text not null,
	actor_name text not null,
	since bigint not null,
	count bigint not null,
	primary key (address, actor)
);

CREATE TABLE directive (
	id          text primary key,
	org         text not null references body (id), -- whose register
	level       text not null,              -- central | province | agency | local
	type        text not null,
	number      text not null,
	symbol      text not null,              -- '' for a document without a number
	symbol_key  text not null,              -- the symbol in the one spelling symbols are compared in
	short_key   text not null,              -- number and issuing place alone, for shorthand such as 72.TW
	number_key  text not null,              -- number and type, for references that say no more
	name_key    text not null,              -- folded name of a document without a symbol, as it is cited
	date        text,
	term        text not null,              -- khóa, in Roman figures
	issuer      text not null,              -- as written
	issuer_key  text not null,              -- folded, abbreviations written out
	issuer_body text references body (id),
	province    text not null,              -- '' for central documents
	subject     text not null,
	sectors     text not null,              -- codes with a blank between
	arrived_no  text not null,              -- số đến
	arrived_on  text,
	valid_from  text,
	valid_to    text,                       -- last day
	replaced_on text,                       -- follows from the confirmed relations
	file        text references file (id),
	sort_day    text not null,              -- date, or '' when unknown: the order of the register
	folded      text not null,              -- what search looks in
	identity    text not null unique,
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null
);

CREATE TABLE directive_advice (
	id          text primary key,
	org         text not null references body (id), -- who drafted it
	form        text not null,              -- kind of paper: Kế hoạch, Chương trình, …
	subject     text not null,
	source      text references directive (id), -- the document that asked for it
	source_text text not null,              -- as cited, when it is not in the register
	for_whom    text not null,              -- who is to issue it
	drafted_on  text,
	sent_on     text,
	issued      text not null,              -- symbol under which it came out
	issued_on   text,
	issued_directive text references directive (id),
	declined_on text,
	declined    text not null,              -- why it was not issued
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null
);

CREATE TABLE directive_decision (
	id        text primary key,
	ref_key   text not null,
	kind      text not null,
	record    text not null,
	directive text references directive (id), -- null: it need not stand in the register
	written   text not null,
	note      text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	undone_at bigint,
	undone_by text not null
);

CREATE TABLE directive_goal (
	id          text primary key,
	directive   text not null references directive (id),
	seq         bigint not null,
	text        text not null,
	unit        text not null,
	target      bigint not null,            -- scaled by decimals
	decimals    bigint not null,
	target_year bigint not null             -- 0 when not said
);

CREATE TABLE directive_mention (
	id         text primary key,
	kind       text not null,               -- of the record the text belongs to, lineage's word
	record     text not null,
	field      text not null,               -- which text of the record; '' when it has one
	label      text not null,
	first_byte bigint not null,
	last_byte  bigint not null,             -- beyond the last
	written    text not null,
	before     text not null,               -- some words on either side, to know it again by
	behind     text not null,
	type       text not null,
	number     text not null,
	symbol     text not null,
	date       text,
	issuer     text not null,
	term       text not null,
	confidence bigint not null,             -- thousandths
	symbol_key text not null,
	short_key  text not null,
	name_key   text not null,
	ref_key    text not null,               -- the written reference: key, date, issuer, term
	directive  text references directive (id),
	decided    boolean not null,            -- a person chose it, or set it aside
	at         bigint not null
);

CREATE TABLE directive_relation (
	id           text primary key,
	kind         text not null,             -- carries_out | replaces | amends
	source       text not null references directive (id), -- the later document, the one that carries out
	target       text not null references directive (id),
	day          text,                      -- from which day it holds
	note         text not null,             -- the words it was read from, or why it was entered
	made_at      bigint not null,
	made_by      text not null,
	confirmed_at bigint,
	confirmed_by text not null,
	ended_at     bigint,                    -- declined or taken back
	ended_by     text not null,
	end_reason   text not null,
	unique (source, target, kind)
);

CREATE TABLE directive_rollout (
	id         text primary key,
	directive  text not null references directive (id),
	body       text not null references body (id),
	planned_on text,
	held_on    text,
	people     bigint not null,             -- how many were there; 0 until it was held
	way        text not null,               -- hội nghị trực tiếp, trực tuyến, sinh hoạt chi bộ, …
	note       text not null,
	dropped_at bigint,                      -- entered by mistake
	drop_reason text not null,
	version    bigint not null,
	made_at    bigint not null,
	made_by    text not null
);

CREATE TABLE directive_sector (
	sector    text not null,
	directive text not null references directive (id),
	sort_day  text not null,
	primary key (sector, sort_day, directive)
);

CREATE TABLE directive_session (
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

CREATE TABLE directive_session_body (
	session text not null references directive_session (id),
	body    text not null references body (id),
	primary key (session, body)
);

CREATE TABLE directive_text (
	directive text primary key references directive (id),
	text      text not null
);

CREATE TABLE file (
	id       text primary key,
	body     text references body (id),     -- who brought it; null for the system's own
	name     text not null,
	kind     text not null,                 -- media type, as found in the content
	size     bigint not null,
	sha256   text not null,
	at       bigint not null,
	by_actor text not null
);

CREATE TABLE file_heir (
	kind    text not null,
	subject text not null,
	of_body text not null references body (id),
	body    text not null references body (id),
	primary key (kind, subject, of_body)
);

CREATE TABLE file_use (
	id      text primary key,
	file    text not null references file (id),
	kind    text not null,
	subject text not null,
	body    text references body (id),
	label   text not null
);

CREATE TABLE following (
	id         text primary key,
	person     text not null references person (id),
	body       text not null references body (id),
	sector     text not null,               -- of the field; '' for all that the body does
	valid_from text not null,
	valid_to   text,                        -- last day, null while it stands
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);

CREATE TABLE goal_entry (
	id          text primary key,
	goal        text not null,
	day         text not null,                 -- the figure holds on this day
	value       text not null,                 -- a decimal, or a grade
	estimated   boolean not null,
	source      text not null,
	made_at     bigint not null,
	made_by     text not null,
	dropped_at  bigint,
	drop_reason text not null
);

CREATE TABLE goal_measure (
	goal        text primary key,              -- of directive_goal; a goal that is taken out of its document leaves its row here
	directive   text not null references directive (id),
	kind        text not null,                 -- indicator | hand | grade
	regime      text not null,                 -- code, of an indicator
	indicator   text not null,
	direction   text not null,                 -- higher | lower is better
	grades      text not null,                 -- of grades: the words, the worst first, one a line
	aim         text not null,                 -- of grades: the word to be reached
	base        text not null,                 -- where the path begins, as a decimal or a grade; '' when not known
	base_year   bigint not null,               -- at the end of which it stood there; 0 when not known
	base_source text not null,
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null
);

CREATE TABLE holiday (
	seq       bigint primary key,
	day       text not null,
	kind      text not null,                -- holiday | compensatory | swap_off | make_up | office | ordinary: what the day is from now on
	name      text not null,
	source    text not null,                -- the document
	confirmed boolean not null,
	removed   boolean not null,             -- what was said of the day before is taken back
	at        bigint not null,              -- 0: before this was kept
	by_actor  text not null,
	by_name   text not null
);

CREATE TABLE incoming (
	id          text primary key,
	org         text not null references body (id), -- whose book
	seq         bigint not null,                    -- the order in which they came
	file        text not null references file (id), -- the one that was read
	name        text not null,                      -- how the sender calls the file, or the packet
	packet      boolean not null default false,     -- the sender's system says what stands here
	state       text not null,                      -- waiting, entered, settled, dropped
	number      text not null default '',           -- số đến; '' until entered
	year        bigint not null default 0,          -- the book is one for each year
	arrived_on  text,                               -- ngày đến
	sender      text references body (id),          -- null where it is no body of the directory
	sender_name text not null default '',           -- as the paper writes it
	type        text not null default '',
	symbol      text not null default '',
	date        text,
	subject     text not null default '',
	signer      text not null default '',
	due         text,                               -- by when the sender wants an answer
	kind        text not null,                      -- report, result, directive, old, other: proposed, then entered
	why         text not null default '',           -- why it was proposed
	leads_to    text,                               -- the obligation or the task, proposed, then entered
	made_kind   text not null default '',           -- the record it went into
	made_id     text,
	made_label  text not null default '',
	note        text not null default '',           -- what was done with it, or why it was dropped
	at          bigint not null,
	by_actor    text not null,
	by_name     text not null,
	entered_by  text not null default '',
	version     bigint not null
, document_id text not null default '', purpose bigint not null default 0, about text not null default '', reason text not null default '');

CREATE TABLE incoming_text (
	incoming text primary key references incoming (id),
	blocks   text not null
);

CREATE TABLE journal (
	seq          integer primary key,
	at           bigint not null,
	actor        text not null,             -- person, token or "system:…"
	actor_name   text not null,
	org          text not null,             -- body the line concerns; '' for none
	verb         text not null,
	kind         text not null,
	subject      text not null,
	details      text not null,             -- JSON, nothing personal
	private      text not null,             -- JSON with personal data, may be erased
	salt         blob,                      -- with private: erased together
	private_hash blob,                      -- sha256(salt, private): what the chain knows of it
	hash         blob not null
);

CREATE TABLE journal_head (
	id       integer primary key,
	size     bigint not null,
	hash     blob not null,
	root     blob not null,
	frontier blob not null
);

CREATE TABLE layout_value (
	id         text primary key,
	profile    text not null,     -- HD05, ND30, …: the layout it belongs to
	name       text not null,     -- path of the value: Parts.ThanVan.Size
	value      text not null,     -- as typed
	source     text not null,     -- the office's own paper that says so
	valid_from text not null,     -- papers of this day and later have it
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);

CREATE TABLE lineage_edge (
	source text not null references lineage_node (key),
	target text not null references lineage_node (key),
	verb   text not null,
	at     bigint not null,
	primary key (source, target, verb)
);

CREATE TABLE lineage_node (
	key   text primary key,
	kind  text not null,
	id    text not null,
	label text not null);

CREATE TABLE obligation (
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
, draft_step text not null default '');

CREATE TABLE opening (
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
, working_days integer not null default 0);

CREATE TABLE opening_roster (
	opening text primary key references opening (id),
	data    blob not null
);

CREATE TABLE opening_total (
	opening text primary key references opening (id),
	data    blob not null
);

CREATE TABLE org_change (
	id            text primary key,
	seq           bigint not null unique,   -- the order in which changes were announced
	kind          text not null,            -- renamed | merged | split | dissolved | created | moved | reclassified
	day           text not null,            -- the first day of the new state
	basis         text not null,
	note          text not null,
	reference     text not null,            -- key of the shipped row it was made from; '' when typed by hand
	announced_at  bigint not null,
	announced_by  text not null,
	undone_at     bigint,
	undone_by     text not null default '',
	undone_reason text not null default ''
);

CREATE TABLE org_change_effect (
	change text not null references org_change (id),
	seq    integer not null,
	tbl    text not null,                   -- body, body_name, body_parent, body_kind, body_function, body_sector, body_alias
	row_id text not null,
	made   boolean not null,
	before text,                            -- of a row it ended: its last day before, null when it had none
	primary key (change, seq)
);

CREATE TABLE org_change_part (
	id        text primary key,
	change    text not null references org_change (id),
	seq       integer not null,
	from_body text references body (id),    -- null: a body founded out of none
	to_body   text references body (id),    -- null: not settled yet (chưa xác định), or nobody
	function  text not null                 -- '' everything of from_body that no other part of the change names
);

CREATE TABLE org_function (
	code   text primary key,
	name   text not null,
	words  text not null,                   -- how people ask for it, one a line
	sector text not null
);

CREATE TABLE paper (
	id          text primary key,
	org         text not null references body (id), -- the issuing body
	kind        text not null,                      -- BC, TB, GM, KH, CV, BB, TTr
	family      text not null,                      -- dang | nha-nuoc
	profile     text not null,                      -- code of a layout the office insists on; '' follows the date
	subject     text not null,
	draft       integer not null,                   -- dự thảo lần n
	content     text not null,                      -- the document as JSON; frozen by signing
	version     bigint not null,
	origin_kind text not null,
	origin_id   text not null,
	at          bigint not null,
	by_actor    text not null,
	by_name     text not null
, to_sign text references person (id), composed boolean not null default false, secretary text not null default '', chair text not null default '');

CREATE TABLE paper_book (
	org  text not null references body (id),
	kind text not null,
	book text not null,                     -- as in paper_number: "2025-2030", "2026"
	next bigint not null,
	at   bigint not null,
	by_actor text not null,
	primary key (org, kind, book)
);

CREATE TABLE paper_number (
	paper    text primary key references paper (id),
	org      text not null references body (id),
	kind     text not null,
	book     text not null,                         -- Party: "2020-2025"; State: "2022"
	number   bigint not null,
	date     text not null,
	symbol   text not null,                         -- as printed: 05-BC/BTGTU
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE paper_overtaken (
	paper     text not null references paper (id),
	n         integer not null,
	words     text not null,
	successor text references paper (id),           -- the paper that takes its place
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null, room text,
	primary key (paper, n)
);

CREATE TABLE paper_phrase (
	id       text primary key,
	kind     text not null,     -- BC, TB, GM, …: the kind of paper
	words    text not null,     -- with {cơ quan} and {trích yếu}
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	ended_at bigint             -- it is offered no more; papers that have it keep it
);

CREATE TABLE paper_recipient (
	body  text not null references body (id),
	paper text not null references paper (id),
	primary key (body, paper)
);

CREATE TABLE paper_release (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
, journal_size bigint not null default 0, journal_root text not null default '');

CREATE TABLE paper_scan (
	paper    text primary key references paper (id),
	file     text not null references file (id),
	differs  text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE paper_signing (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	signer   text not null,
	title    text not null,
	sha256   text not null                          -- of the content as signed
, post text references post (id));

CREATE TABLE paper_step (
	id       text primary key,
	paper    text not null references paper (id),
	n        integer not null,              -- 1, 2, 3… of this paper
	version  bigint not null,               -- of the draft it was done with
	kind     text not null,                 -- put_forward | taken_back | sent_back
	note     text not null,                 -- of a draft sent back: what is to be mended
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE paper_succession (
	paper    text primary key references paper (id), -- the new one
	old      text not null references paper (id),
	kind     text not null,                          -- replace, amend, supplement, correct, revoke
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE paper_withdrawal (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	reason   text not null
);

CREATE TABLE paper_witness (
	paper    text primary key references paper (id),
	version  bigint not null, -- of the draft that the secretary signed; another one is to be signed anew
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE period_decision (
	id       text primary key,
	regime   text not null references regime (id),
	period   text not null,
	kind     text not null,                 -- confirmed | skipped
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE person (
	id        text primary key,
	name      text not null,
	sort_key  text not null,
	phone     text not null                 -- of the office, for reminders; '' when not given
);

CREATE TABLE post (
	id         text primary key,
	person     text not null references person (id),
	body       text not null references body (id),
	title      text not null,               -- as printed under a signature
	role       text not null,
	valid_from text not null,
	valid_to   text                         -- last day, null while it is held
, signs text not null default 'none');

CREATE TABLE programme (
	id         text primary key,
	org        text not null references body (id), -- the commission
	kind       text not null,              -- programme | regulation
	subject    text not null,              -- what stands below the name of the type
	term       text not null,              -- 2022..2025 or 2022; '' of a regulation without an end
	from_day   text not null,
	to_day     text,                       -- null: until another takes its place
	bases      text not null,              -- one a line, as cited
	frame      text not null,              -- purpose and principles, a paragraph a line; the same in all programmes of one ceremony
	symbol     text not null,              -- of the signed paper, where its number was not given here; '' otherwise
	conference text references conference (id), -- the ceremony
	directive  text references directive (id),  -- the decision of the register that issued it
	renews     text references programme (id),  -- the programme of the term before
	imported   boolean not null,           -- signed before the program was there: nhập từ lưu trữ
	ended_on   text,
	end_reason text not null,
	version    bigint not null,
	made_at    bigint not null,
	made_by    text not null
);

CREATE TABLE programme_duty (
	id        text primary key,
	programme text not null references programme (id),
	n         bigint not null,
	owed_by   text not null,               -- parties | commission
	words     text not null,
	time      text not null,
	kind      text not null,               -- report | appraisal | telling
	made_kind text not null,               -- regime | appraisal_rule; '' while nothing was made
	made_id   text not null,
	made_at   bigint
);

CREATE TABLE programme_evidence (
	id         text primary key,
	programme  text not null references programme (id),
	line       text references programme_line (id), -- null: of its sector, no line was found
	sector     text not null,
	kind       text not null,              -- task | submission | paper | briefing | import; '' typed from an old report
	record     text not null,
	place      text not null,              -- of a paragraph: section/sector/number
	label      text not null,              -- what the source was called
	words      text not null,              -- of a paragraph: what it says
	day        text not null,
	how        text not null,              -- made | proposed | archive
	why        text not null,              -- the words for which it was proposed
	at         bigint not null,
	by_name    text not null,
	settled    text not null,              -- yes | no; '' waits for a person
	settled_at bigint,
	settled_by text not null
);

CREATE TABLE programme_line (
	id         text primary key,
	programme  text not null references programme (id),
	n          bigint not null,
	sector     text not null,              -- code; '' for the whole field
	words      text not null,
	product    text not null,
	time       text not null,              -- as written: "hằng quý", "trước ngày 30/11/2022"
	frequency  text not null,              -- month | quarter | half | year; '' once or unsaid
	due        text,                       -- the day, where the words tell one
	lead       text references body (id),  -- null: the commission with all parties
	common     boolean not null,           -- of the frame of a ceremony
	origin     text references programme_line (id), -- the line of the term before
	ahead      text not null,              -- continues | ends; '' undecided
	ahead_note text not null,
	ended_at   bigint,
	end_reason text not null,
	made_at    bigint not null,
	made_by    text not null
);

CREATE TABLE programme_line_with (
	line text not null references programme_line (id),
	body text not null references body (id),
	n    bigint not null,
	primary key (line, body)
);

CREATE TABLE programme_mark (
	line    text not null references programme_line (id),
	year    bigint not null,
	seq     bigint not null,
	mark    text not null,                 -- done | going | none
	proof   text not null,
	file    text references file (id),
	at      bigint not null,
	by_name text not null,
	primary key (line, year, seq)
);

CREATE TABLE programme_paper (
	paper     text primary key references paper (id),
	programme text not null references programme (id),
	role      text not null,               -- programme | plan | evaluation | term
	year      bigint not null,             -- of plan and evaluation; 0 otherwise
	at        bigint not null
);

CREATE TABLE programme_party (
	programme  text not null references programme (id),
	body       text not null references body (id),
	n          bigint not null,
	valid_from text not null,
	valid_to   text,                       -- it left before the end
	basis      text not null,              -- by which paper it came or left; '' at the beginning
	signer     text not null,
	title      text not null,
	signed_on  text,
	file       text references file (id),  -- its signed copy
	noted_at   bigint,
	noted_by   text not null,
	primary key (programme, body)
);

CREATE TABLE programme_year (
	line     text not null references programme_line (id),
	year     bigint not null,
	due      text,                         -- the day of this year
	left_out boolean not null,
	reason   text not null,
	at       bigint not null,
	by_name  text not null,
	primary key (line, year)
);

CREATE TABLE proposal (
	id           text primary key,
	submission   text not null references submission (id),
	body         text not null references body (id),
	regime       text not null references regime (id),
	period       text not null,
	sector       text not null,
	n            integer not null,
	place        text not null unique,              -- sorts by time, body, period, sector and place in the report
	text         text not null,
	folded       text not null,                     -- the same proposal in a newer version keeps its answer
	at           bigint not null,
	due          text not null,
	withdrawn_at bigint,                            -- a newer version of the report no longer has it
	answered     boolean not null                   -- has an answer that ends it; kept with proposal_answer
);

CREATE TABLE proposal_answer (
	id           text primary key,
	proposal     text not null references proposal (id),
	n            integer not null,                  -- the newest counts
	kind         text not null,                     -- accepted | forwarded | declined
	reason       text not null,
	forwarded_to text not null,                     -- whom it was passed on to, as written; '' otherwise
	at           bigint not null,
	by_actor     text not null,
	by_name      text not null
);

CREATE TABLE proposal_follower (
	id       text primary key,
	proposal text not null references proposal (id),
	n        integer not null,
	person   text not null references person (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE proposal_forward (
	id        text primary key,
	proposal  text not null references proposal (id),
	n         integer not null,                 -- 1, 2, 3… of this proposal
	body      text references body (id),        -- whom it goes to; null for one outside the directory
	addressee text not null,                    -- the name written on it
	note      text not null,                    -- what the commission says of it
	paper     text references paper (id),       -- null: made elsewhere
	symbol    text not null,                    -- of one made elsewhere: 58-CV/BTGTU
	day       text,                             -- of one made elsewhere
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null
);

CREATE TABLE proposal_reply (
	id        text primary key references proposal_answer (id),
	proposal  text not null references proposal (id),
	forwarded text not null references proposal_answer (id), -- the forwarding it answers
	symbol    text not null,                    -- of their paper; '' when there was none
	day       text,
	how       text not null,                    -- how it came without a paper
	received  text not null
);

CREATE TABLE recovery_code (
	account text not null references account (id),
	hash    text not null,                  -- sha256, hex
	used_at bigint,
	primary key (account, hash)
);

CREATE TABLE reference_decision (
	id       text primary key,
	seq      bigint not null,
	row_key  text not null,
	decision text not null,                 -- confirmed | corrected | rejected | withdrawn
	day      text,                          -- of a correction: the day that holds here
	basis    text not null,
	name     text not null,                 -- of a correction: the name that holds here
	note     text not null,
	at       bigint not null,
	by_whom  text not null
);

CREATE TABLE regime (
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
, opens text not null default '', once boolean not null default false, issuer text not null default '', signer text not null default '');

CREATE TABLE regime_assignment (
	id         text primary key,
	regime     text not null references regime (id),
	body       text not null references body (id),
	valid_from text not null,
	valid_to   text,
	basis      text not null,
	sectors    text not null                -- codes with a blank between; '' for all
);

CREATE TABLE regime_form (
	id           text primary key,
	regime       text not null references regime (id),
	number       integer not null,
	valid_from   text,                      -- first day of the first period served
	content      text not null,             -- JSON of Outline
	digest       text not null,             -- of content: key of the copy in memory
	activated_at bigint,
	version      bigint not null
);

CREATE TABLE regime_transfer (
	id         text primary key,
	assignment text not null references regime_assignment (id),
	sectors    text not null,               -- codes with a blank between; '' for all of the assignment
	body       text not null references body (id),
	from_day   text not null,               -- periods whose cut-off lies on or after it
	basis      text not null,
	ended_at   bigint                       -- taken back, and counts no more
);

CREATE TABLE report_acceptance (
	id         text primary key,
	submission text not null references submission (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);

CREATE TABLE report_comment (
	id        text primary key,
	step      text not null references report_step (id),
	n         integer not null,             -- in the order of the draft
	section   text not null,
	sector    text not null,
	paragraph integer not null,             -- from 1; 0 with a figure
	indicator text not null,
	quote     text not null,                -- what stood there
	words     text not null
);

CREATE TABLE report_draft (
	obligation text primary key references obligation (id),
	content    text not null,               -- JSON of Draft: every cell exactly as typed
	version    bigint not null,
	saved_at   bigint not null,
	saved_by   text not null,
	saved_name text not null,
	begun bigint not null default 0);

CREATE TABLE report_extension (
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

CREATE TABLE report_extension_change (
	id        text primary key,
	extension text not null references report_extension (id),
	due       text,                         -- null: taken back
	reason    text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null
);

CREATE TABLE report_reminder (
	id         text primary key,
	obligation text not null references obligation (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	channel    text not null,               -- phone | zalo | email | paper
	note       text not null
);

CREATE TABLE report_return (
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
, keeps boolean not null default false);

CREATE TABLE report_shift (
	id         text primary key,
	opening    text references opening (id),    -- of everybody who has no day of its own
	obligation text references obligation (id), -- of one body that was given its own day
	proposal   text references proposal (id),   -- of the answer to a proposal
	from_due   text not null,
	due        text not null,
	reason     text not null,
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);

CREATE TABLE report_step (
	id         text primary key,
	obligation text not null references obligation (id),
	n          integer not null,            -- 1, 2, 3… of this report
	draft      bigint not null,             -- the version of the draft it was done with
	kind       text not null,               -- put_forward | taken_back | approved | sent_back
	note       text not null,               -- of a draft sent back: about the whole
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);

CREATE TABLE report_waiver (              -- the commission waits no more; the report stays missing
	id         text primary key,
	obligation text not null references obligation (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	reason     text not null
);

CREATE TABLE review (
	id          text primary key,
	directive   text not null references directive (id),
	org         text not null references body (id), -- the commission in whose list it stands
	kind        text not null,              -- sơ kết | tổng kết
	years       bigint not null,
	due         text not null,              -- the date of issue and so many years
	submit_by   text not null,              -- until when the report is handed up: due, or what the instruction says
	source      text not null,              -- rule | clause | choice
	basis       text not null,              -- of the rule, words of the clause, reason of the choice
	asked       boolean not null,           -- false: no rule or clause asks for it any more, but work was done on it
	lead        text references body (id),  -- null: not yet chosen
	holder      text references body (id),  -- the body that answers for it now; the lead until a succession says otherwise
	unit        text references body (id),  -- the commission's own unit that follows it and appraises the draft
	instruction text not null,              -- from above, as cited; '' while the review is only expected
	instruction_directive text references directive (id),
	instructed_on text,
	outline     text not null,              -- one heading a line; '' the standard one
	listed_at   bigint,                     -- laid before the leader in the year's list
	confirmed_at bigint,
	removed_at  bigint,                     -- taken off the list before it was confirmed
	remove_reason text not null,
	stopped_on  text,
	stop_reason text not null,
	done_on     text,
	done_paper  text not null,
	done_file   text references file (id),
	facts       bigint not null,
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null,
	unique (directive, years)
);

CREATE TABLE review_call (
	review   text primary key references review (id),
	regime   text not null unique references regime (id),
	convenor text not null,                       -- commission | party | people: who holds it at the province
	made_at  bigint not null,
	made_by  text not null
);

CREATE TABLE review_clause (
	id         text primary key,
	directive  text not null references directive (id),
	kind       text not null,               -- sơ kết | tổng kết
	years      bigint not null,             -- after so many years; of an interval: every so many years
	repeats    boolean not null,
	until_year bigint not null,             -- of an interval: the last year; 0 when not said
	words      text not null,               -- as the document says it
	made_at    bigint not null,
	made_by    text not null,
	ended_at   bigint,                      -- taken back
	ended_by   text not null,
	end_reason text not null
);

CREATE TABLE review_cooperation (
	review text not null references review (id),
	body   text not null references body (id),
	part   text not null,
	primary key (review, body)
);

CREATE TABLE review_fact (
	review     text not null references review (id),
	seq        bigint not null,
	kind       text not null,
	at         bigint not null,
	actor      text not null,
	actor_name text not null,
	note       text not null,               -- the reason, the paper, what was done; of a step that was asked, how its day was found
	day        text,
	step       text not null,               -- '' when the fact is about the whole review
	task       text references task (id),   -- that the step is, or was
	file       text references file (id),   -- the report that closes the review
	directive  text references directive (id), -- the instruction in the register
	submit_by  text,                        -- the day an instruction sets for handing up, where it is not the day due
	primary key (review, seq)
);

CREATE TABLE review_holding (
	id          text primary key,
	review      text not null references review (id),
	body        text not null references body (id),
	outcome     text not null,                    -- held | agreed | planned
	held_on     text,                             -- held, or planned for; null where it was agreed to hold none
	notice      text not null,                    -- number and symbol of what was issued there; '' while there is none
	reason      text not null,                    -- why none was held
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null,                    -- name of who noted it last
	made_for    boolean not null,                 -- by the commission in the body's stead
	dropped_at  bigint,
	drop_reason text not null
);

CREATE TABLE review_rule (
	level   text not null,                  -- of the document: central | province | agency | local
	type    text not null,                  -- of the document, as written: Chỉ thị
	years   bigint not null,                -- after the date of issue
	kind    text not null,                  -- sơ kết | tổng kết
	ending  text not null,                  -- only symbols that end so: TW; '' any symbol
	applies boolean not null,               -- false: offered as a choice, makes nothing by itself
	basis   text not null,                  -- why, for who reads the page
	primary key (level, type, years)
);

CREATE TABLE review_step (
	review    text not null references review (id),
	step      text not null,
	day       text,                         -- set by hand, or kept when the list was confirmed; null: by the rules
	by_hand   boolean not null,
	reason    text not null,
	explained text not null,                -- how the day was found, kept when the list was confirmed
	done_on   text,                         -- noted as done without a task
	done_note text not null,
	task      text references task (id),
	primary key (review, step)
);

CREATE TABLE review_step_rule (
	step    text primary key,               -- plan | outline | input | draft | appraisal | conference
	days    bigint not null                 -- working days from its last day to that of the next step
);

CREATE TABLE seal (
	line  bigint not null,                  -- seq of the line
	n     integer not null,                 -- 0, 1, 2… within the line
	tbl   text not null,
	data  blob not null,                    -- id, digest of the row and of its salt, one after another
	salts blob not null,                    -- 16 bytes for each; overwritten with zeros when a person's data are erased
	primary key (line, n)
);

CREATE TABLE second_factor (
	account      text primary key references account (id),
	secret       text not null,             -- base32, as the telephone keeps it
	made_at      bigint not null,
	confirmed_at bigint,                    -- null until a first code was right
	last_step    bigint not null            -- the newest 30 seconds whose code was used: a code serves once
);

CREATE TABLE session (
	id         text primary key,            -- sha256 of the cookie, hex
	account    text not null references account (id),
	device     text not null,               -- sha256 of the device's mark, hex; the row stays after the session's end
	form_token text not null,
	created_at bigint not null,
	seen_at    bigint not null,
	ends_at    bigint not null
, waits boolean not null default false);

CREATE TABLE setting (
	name  text primary key,
	value text not null
);

CREATE TABLE sign_in_failure (
	id     text primary key,
	login  text not null,                   -- sha256 of what was typed: people type passwords into the wrong field
	host   text not null,
	device text not null,                   -- '' unless the device is known to the account
	at     bigint not null
);

CREATE TABLE signature_root (
	id       text primary key,
	sha256   text not null,      -- of the certificate
	pem      text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE signature_root_removal (
	root     text primary key references signature_root (id),
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE stand_in (
	id         text primary key,
	person     text not null references person (id),  -- who is away
	deputy     text not null references person (id),
	valid_from text not null,                          -- first day
	valid_to   text not null,                          -- last day; the day before the first where it was taken back
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);

CREATE TABLE submission (
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

CREATE TABLE succession_decision (
	id          text primary key,
	item        text not null references succession_item (id),
	accepted    boolean not null,           -- false: declined, it stays where it is
	to_body     text references body (id),  -- who answers from then on
	held_by     text references body (id),  -- who answered until then
	transfer    text references regime_transfer (id), -- of an assignment
	reason      text not null,
	at          bigint not null,
	by_actor    text not null,
	by_name     text not null,
	undone_at   bigint,
	undone_by   text not null,
	undone_name text not null
);

CREATE TABLE succession_item (
	id          text primary key,
	change      text not null references org_change (id),
	kind        text not null,              -- task | obligation | assignment | review
	item        text not null,              -- id of the task, the obligation, the assignment, the review
	part        text not null,              -- of a task: whose side; of an assignment: sectors, '' for all; else ''
	from_body   text not null references body (id),
	to_body     text references body (id),  -- null: a person has to decide
	functions   text not null,              -- codes with a blank between; '' when it names none
	reason      text not null,
	candidates  text not null,              -- ids of bodies with a blank between: who may be chosen
	title       text not null,
	due         text,
	proposed_at bigint not null
);

CREATE TABLE table_label (
	regime   text not null references regime (id),
	kind     text not null,     -- indicator, body
	label    text not null,     -- folded
	means    text not null,     -- code of the indicator or body; '' for what is left out
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	primary key (regime, kind, label)
);

CREATE TABLE task (
	id            text primary key,
	origin_kind   text not null,            -- what it came from: conclusion, matter, …; '' for none
	origin_id     text,
	origin_label  text not null,
	mode          text not null,            -- giao (own units, lower commissions) | de_nghi (all others)
	title         text not null,
	product       text not null,            -- what has to be on the table at the end
	lead          text not null references body (id),
	force_paper   text not null,            -- the paper that gives it force, as cited; '' when there is none
	from_paper    text,                     -- our own paper that carried it, once released
	assigned_at   bigint not null,
	assigned_by   text not null,
	assigned_name text not null,
	facts         bigint not null           -- how many facts there are: the number of the last one
, noted boolean not null default false);

CREATE TABLE task_consequence (
	paper    text not null references paper (id), -- the newer one
	task     text not null references task (id),
	decision text not null,                       -- kept, moved, stopped
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	primary key (paper, task)
);

CREATE TABLE task_evidence (
	task text not null,
	seq  bigint not null,
	file text not null references file (id),
	primary key (task, seq, file),
	foreign key (task, seq) references task_fact (task, seq)
);

CREATE TABLE task_fact (
	task    text not null references task (id),
	seq     bigint not null,
	org     text not null references body (id), -- whose side of the task it concerns
	kind    text not null,                  -- received | progress | asked | granted | declined | completed | accepted | sent_back | withdrawn
	at      bigint not null,
	actor   text not null,
	actor_name text not null,
	note    text not null,                  -- what was done, or the reason
	due     text,                           -- the day asked for or given
	paper   text not null, moved_from text,                  -- the product's number and symbol, or the paper that withdraws; '' when none
	primary key (task, seq)
);

CREATE TABLE task_side (
	task      text not null references task (id),
	org       text not null references body (id), -- who was asked; never changes
	holder    text not null references body (id), -- who answers for it now: org until the work was handed over
	leads     boolean not null,
	part      text not null,                -- what a cooperating body does; '' for the lead
	first_due text not null,                -- as assigned
	due       text not null,                -- with extensions and new dates
	state     text not null,                -- open | accepted | done | closed | returned | withdrawn
	live      boolean not null,             -- neither closed nor withdrawn
	running   boolean not null,             -- the date still counts: late when it has passed
	asking    boolean not null,             -- an extension was asked and not yet answered
	done_on   text,                         -- the day it was reported complete
	primary key (task, org)
);

CREATE TABLE token (
	id         text primary key,
	hash       text not null unique,        -- sha256, hex
	name       text not null,
	role       text not null,
	body       text not null references body (id),
	any_body   boolean not null,
	created_at bigint not null,
	revoked_at bigint
);

CREATE TABLE upward (
	id         text primary key,
	name       text not null,
	receiver   text not null,               -- a body above the commission, as it is called
	kind       text not null,               -- of its periods
	day        integer not null,            -- of the month on which it is due
	after      boolean not null,            -- of the month after the period, not of its last
	regime     text not null references regime (id),
	lead_days  integer not null,            -- so many working days before it the agencies report
	basis      text not null,
	at         bigint not null,
	by_name    text not null,
	ended_at   bigint,
	ended_by   text not null,
	end_reason text not null
);

CREATE TABLE upward_receipt (
	id       text primary key,
	upward   text not null references upward (id),
	period   text not null,
	number   text not null,
	day      text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE workplan_day (
	id       text primary key,
	org      text not null references body (id),
	year     bigint not null,
	kind     text not null,                -- anniversary | topic
	month    bigint not null,
	day      bigint not null,              -- 0: the month as a whole
	words    text not null,
	outline  text references file (id),
	ended_at bigint,
	made_at  bigint not null,
	made_by  text not null
);

CREATE TABLE workplan_line (
	id          text primary key,
	org         text not null references body (id),
	year        bigint not null,
	n           bigint not null,
	sector      text not null,             -- code; '' for the whole field
	words       text not null,
	product     text not null,
	lead        text references body (id), -- null: the commission
	months      text not null,             -- "3 6 9 12"; '' the whole year
	due         text,
	guides      boolean not null,          -- it also stands in the guidance to the agencies
	source_kind text not null,             -- review | programme_line | regime | briefing; '' written by the office
	source_id   text not null,
	carried     text references workplan_line (id), -- the line of the year before
	carried_why text not null,
	ended_at    bigint,
	end_reason  text not null,
	said        text not null,             -- what was done of a line without source or task: done | going; '' nothing said
	said_proof  text not null,
	said_at     bigint,
	said_by     text not null,
	made_at     bigint not null,
	made_by     text not null
);

CREATE TABLE workplan_with (
	line text not null references workplan_line (id),
	body text not null references body (id),
	n    bigint not null,
	primary key (line, body)
);

CREATE INDEX account_person on account (person);

CREATE UNIQUE INDEX appraisal_comment_of on appraisal_comment (appraisal, seq);

CREATE INDEX appraisal_org on appraisal (org, id);

CREATE INDEX appraisal_result_of on appraisal_result (appraisal);

CREATE INDEX appraisal_review on appraisal (review) where review is not null;

CREATE INDEX appraisal_reviewer_org on appraisal_reviewer (org, appraisal);

CREATE INDEX archive_batch_org on archive_batch (org, id);

CREATE INDEX archive_event_day on archive_event (org, sort_day);

CREATE INDEX archive_field_import on archive_field (import, seq);

CREATE INDEX archive_import_day on archive_import (org, sort_day, id);

CREATE INDEX archive_import_event on archive_import (event);

CREATE INDEX body_alias_body on body_alias (body);

CREATE INDEX body_alias_folded on body_alias (folded);

CREATE INDEX body_function_body on body_function (body, valid_from);

CREATE INDEX body_function_function on body_function (function, valid_from);

CREATE INDEX body_kind_body on body_kind (body, valid_from);

CREATE INDEX body_name_body on body_name (body, valid_from);

CREATE INDEX body_parent_body on body_parent (body, valid_from);

CREATE INDEX body_parent_parent on body_parent (parent);

CREATE INDEX body_sector_body on body_sector (body, valid_from);

CREATE INDEX charge_body on charge (body, kind);

CREATE UNIQUE INDEX charge_record on charge (kind, record, body, n);

CREATE INDEX conference_close_conference on conference_close (conference);

CREATE INDEX conference_conclusion_task on conference_conclusion (task);

CREATE INDEX conference_cooperation_task on conference_cooperation (task);

CREATE INDEX conference_delegate_conference on conference_delegate (conference, body, at);

CREATE INDEX conference_fact_other on conference_fact (other);

CREATE INDEX conference_guest_conference on conference_guest (conference, sort);

CREATE INDEX conference_invitee_body on conference_invitee (body, conference);

CREATE UNIQUE INDEX conference_mending_one on conference_mending (conclusion) where withdrawn_at is null;

CREATE INDEX conference_paper_conference on conference_paper (conference, role);

CREATE INDEX conference_period on conference (org, period_end);

CREATE INDEX conference_seat_conference on conference_seat (conference, sort);

CREATE INDEX conference_sitting_end on conference_sitting (unit, period_end);

CREATE INDEX conference_sitting_org on conference_sitting (org, period_end);

CREATE UNIQUE INDEX conference_sitting_unit on conference_sitting (unit, period) where dropped_at is null;

CREATE INDEX consolidation_comment_step on consolidation_comment (step);

CREATE UNIQUE INDEX consolidation_live on consolidation (regime, period) where ended_at is null;

CREATE INDEX consolidation_origin_draft on consolidation_origin (consolidation, submission);

CREATE INDEX consolidation_paragraph_place on consolidation_paragraph (consolidation, section, sector, rank);

CREATE UNIQUE INDEX consolidation_step_n on consolidation_step (consolidation, n);

CREATE INDEX deadline_left_from on deadline_left (from_due);

CREATE INDEX directive_advice_issued on directive_advice (issued_on, org);

CREATE INDEX directive_advice_org on directive_advice (org, id);

CREATE INDEX directive_advice_source on directive_advice (source);

CREATE INDEX directive_day on directive (sort_day, id);

CREATE INDEX directive_decision_directive on directive_decision (directive);

CREATE UNIQUE INDEX directive_decision_stands on directive_decision (ref_key, kind, record) where undone_at is null;

CREATE INDEX directive_expiring on directive (sort_day, id) where valid_to is not null;

CREATE INDEX directive_goal_directive on directive_goal (directive, seq);

CREATE INDEX directive_issuer on directive (issuer_body, sort_day, id);

CREATE INDEX directive_level on directive (level, sort_day, id);

CREATE INDEX directive_mention_directive on directive_mention (directive, id);

CREATE INDEX directive_mention_name on directive_mention (name_key) where name_key <> '';

CREATE INDEX directive_mention_open on directive_mention (id) where directive is null and not decided;

CREATE INDEX directive_mention_record on directive_mention (kind, record, field);

CREATE INDEX directive_mention_ref on directive_mention (ref_key, id);

CREATE INDEX directive_mention_short on directive_mention (short_key);

CREATE INDEX directive_mention_symbol on directive_mention (symbol_key);

CREATE INDEX directive_name on directive (name_key) where name_key <> '';

CREATE INDEX directive_number on directive (number_key);

CREATE INDEX directive_relation_target on directive_relation (target, kind);

CREATE INDEX directive_replaced on directive (sort_day, id) where replaced_on is not null;

CREATE INDEX directive_rollout_body on directive_rollout (body, planned_on);

CREATE INDEX directive_rollout_directive on directive_rollout (directive, body);

CREATE INDEX directive_sector_directive on directive_sector (directive);

CREATE INDEX directive_session_body_body on directive_session_body (body);

CREATE INDEX directive_session_directive on directive_session (directive);

CREATE INDEX directive_session_source on directive_session (source_kind, source_id);

CREATE INDEX directive_short on directive (short_key);

CREATE INDEX directive_symbol on directive (symbol_key);

CREATE INDEX directive_type on directive (type, sort_day, id);

CREATE INDEX file_body on file (body);

CREATE INDEX file_heir_body on file_heir (body, kind, subject);

CREATE INDEX file_sha256 on file (sha256);

CREATE INDEX file_use_file on file_use (file);

CREATE INDEX file_use_subject on file_use (kind, subject);

CREATE INDEX following_body on following (body, sector);

CREATE INDEX following_person on following (person);

CREATE UNIQUE INDEX goal_entry_day on goal_entry (goal, day) where dropped_at is null;

CREATE INDEX goal_measure_directive on goal_measure (directive);

CREATE INDEX holiday_day on holiday (day, seq);

CREATE INDEX incoming_about on incoming (org, about) where about <> '';

CREATE INDEX incoming_document on incoming (org, document_id) where document_id <> '';

CREATE INDEX incoming_file on incoming (file);

CREATE UNIQUE INDEX incoming_number on incoming (org, year, number) where number <> '';

CREATE UNIQUE INDEX incoming_seq on incoming (org, seq);

CREATE INDEX incoming_state on incoming (org, state, seq);

CREATE INDEX journal_subject on journal (kind, subject, seq);

CREATE INDEX layout_value_of on layout_value (profile, valid_from);

CREATE INDEX lineage_edge_target on lineage_edge (target, source, verb);

CREATE UNIQUE INDEX obligation_body on obligation (opening, body);

CREATE INDEX obligation_moved on obligation (opening) where holder <> body;

CREATE UNIQUE INDEX obligation_opening on obligation (opening, n);

CREATE INDEX obligation_owed on obligation (holder, due) where owed;

CREATE INDEX obligation_put_forward on obligation (holder) where draft_step = 'put_forward';

CREATE INDEX obligation_unaccepted on obligation (opening, n) where accepted is null;

CREATE INDEX obligation_unreceived on obligation (opening) where latest is not null and not returned and (accepted is null or accepted <> latest);

CREATE UNIQUE INDEX opening_period on opening (regime, period);

CREATE INDEX org_change_day on org_change (day);

CREATE INDEX org_change_effect_row on org_change_effect (row_id);

CREATE INDEX org_change_part_change on org_change_part (change, seq);

CREATE INDEX org_change_part_from on org_change_part (from_body);

CREATE INDEX org_change_part_to on org_change_part (to_body);

CREATE UNIQUE INDEX paper_number_book on paper_number (org, kind, book, number);

CREATE INDEX paper_org on paper (org, kind, id);

CREATE INDEX paper_origin on paper (origin_kind, origin_id);

CREATE INDEX paper_recipient_paper on paper_recipient (paper);

CREATE UNIQUE INDEX paper_step_n on paper_step (paper, n);

CREATE INDEX paper_succession_old on paper_succession (old);

CREATE INDEX period_decision_period on period_decision (regime, period, at);

CREATE INDEX post_body on post (body);

CREATE INDEX post_person on post (person);

CREATE INDEX programme_conference on programme (conference);

CREATE INDEX programme_duty_programme on programme_duty (programme, n);

CREATE INDEX programme_evidence_line on programme_evidence (line, settled, day);

CREATE UNIQUE INDEX programme_evidence_once on programme_evidence (programme, kind, record, place, line);

CREATE INDEX programme_evidence_open on programme_evidence (programme, day) where settled = '';

CREATE INDEX programme_from on programme (from_day, id);

CREATE INDEX programme_line_lead on programme_line (lead, programme);

CREATE INDEX programme_line_programme on programme_line (programme, n);

CREATE INDEX programme_line_with_body on programme_line_with (body, line);

CREATE INDEX programme_paper_programme on programme_paper (programme, role, year);

CREATE INDEX programme_party_body on programme_party (body, programme);

CREATE INDEX programme_renews on programme (renews);

CREATE UNIQUE INDEX proposal_answer_proposal on proposal_answer (proposal, n);

CREATE UNIQUE INDEX proposal_follower_n on proposal_follower (proposal, n);

CREATE UNIQUE INDEX proposal_forward_n on proposal_forward (proposal, n);

CREATE UNIQUE INDEX proposal_forward_paper on proposal_forward (paper);

CREATE INDEX proposal_open on proposal (place) where withdrawn_at is null and not answered;

CREATE INDEX proposal_reply_forwarded on proposal_reply (forwarded);

CREATE INDEX proposal_reply_proposal on proposal_reply (proposal);

CREATE INDEX proposal_report on proposal (body, regime, period);

CREATE INDEX reference_decision_row on reference_decision (row_key, seq);

CREATE INDEX regime_assignment_regime on regime_assignment (regime, body, valid_from);

CREATE UNIQUE INDEX regime_form_number on regime_form (regime, number);

CREATE INDEX regime_transfer_assignment on regime_transfer (assignment);

CREATE INDEX report_acceptance_submission on report_acceptance (submission);

CREATE INDEX report_comment_step on report_comment (step);

CREATE INDEX report_extension_change_extension on report_extension_change (extension, at);

CREATE INDEX report_extension_obligation on report_extension (obligation, asked_at);

CREATE INDEX report_reminder_obligation on report_reminder (obligation, at);

CREATE INDEX report_return_submission on report_return (submission);

CREATE INDEX report_shift_obligation on report_shift (obligation, at);

CREATE INDEX report_shift_opening on report_shift (opening, at);

CREATE INDEX report_shift_proposal on report_shift (proposal, at);

CREATE UNIQUE INDEX report_step_n on report_step (obligation, n);

CREATE INDEX report_waiver_obligation on report_waiver (obligation, at);

CREATE INDEX review_clause_directive on review_clause (directive);

CREATE INDEX review_cooperation_body on review_cooperation (body, review);

CREATE INDEX review_due on review (due, id);

CREATE INDEX review_holder on review (holder, due);

CREATE UNIQUE INDEX review_holding_body on review_holding (review, body) where dropped_at is null;

CREATE INDEX review_lead on review (lead, due);

CREATE INDEX review_step_task on review_step (task);

CREATE INDEX review_waiting on review (due, id) where listed_at is not null and confirmed_at is null and removed_at is null;

CREATE INDEX session_account on session (account, device);

CREATE INDEX sign_in_failure_at on sign_in_failure (at);

CREATE INDEX sign_in_failure_host on sign_in_failure (host, at);

CREATE INDEX sign_in_failure_login on sign_in_failure (login, at);

CREATE INDEX signature_root_sha256 on signature_root (sha256);

CREATE INDEX stand_in_deputy on stand_in (deputy, valid_to);

CREATE INDEX stand_in_person on stand_in (person, valid_to);

CREATE UNIQUE INDEX submission_key on submission (key) where key is not null;

CREATE UNIQUE INDEX submission_version on submission (obligation, version);

CREATE INDEX succession_decision_item on succession_decision (item, at);

CREATE UNIQUE INDEX succession_item_once on succession_item (change, kind, item, part);

CREATE INDEX succession_item_thing on succession_item (kind, item, part);

CREATE INDEX task_evidence_file on task_evidence (file);

CREATE INDEX task_fact_shifted on task_fact (task, org) where kind = 'shifted';

CREATE INDEX task_from_paper on task (from_paper);

CREATE INDEX task_origin on task (origin_kind, origin_id);

CREATE INDEX task_side_all on task_side (due, task) where leads;

CREATE INDEX task_side_all_live on task_side (due, task, running) where live and leads;

CREATE INDEX task_side_asking on task_side (due, task) where asking;

CREATE INDEX task_side_day on task_side (due) where live;

CREATE INDEX task_side_holder on task_side (holder, due, task);

CREATE INDEX task_side_holder_state on task_side (holder, state, due, task);

CREATE INDEX task_side_live on task_side (holder, due, task, running, leads) where live;

CREATE INDEX task_side_moved on task_side (org, due, task) where holder <> org;

CREATE INDEX task_side_state on task_side (state, due, task, running) where leads;

CREATE INDEX upward_receipt_period on upward_receipt (upward, period, at);

CREATE UNIQUE INDEX upward_regime on upward (regime) where ended_at is null;

CREATE INDEX workplan_day_year on workplan_day (year, month, day);

CREATE UNIQUE INDEX workplan_line_source on workplan_line (year, source_kind, source_id) where source_kind <> '' and ended_at is null;

CREATE INDEX workplan_line_year on workplan_line (year, n);
