-- +goose Up
-- Which documents are reviewed after how many years. The office switches, adds and takes away; a document's own clause
-- wins over these rows.
create table review_rule (
	level   text not null,                  -- of the document: central | province | agency | local
	type    text not null,                  -- of the document, as written: Chỉ thị
	years   bigint not null,                -- after the date of issue
	kind    text not null,                  -- sơ kết | tổng kết
	ending  text not null,                  -- only symbols that end so: TW; '' any symbol
	applies boolean not null,               -- false: offered as a choice, makes nothing by itself
	basis   text not null,                  -- why, for who reads the page
	primary key (level, type, years)
);
insert into review_rule (level, type, years, kind, ending, applies, basis)
values
	('central', 'Nghị quyết', 1, 'sơ kết', 'TW', false, 'Khi điều khoản thi hành yêu cầu, hoặc do Ban chọn'),
	('central', 'Nghị quyết', 5, 'sơ kết', 'TW', true, 'Thông lệ sơ kết 5 năm nghị quyết, chỉ thị của Trung ương'),
	('central', 'Nghị quyết', 10, 'tổng kết', 'TW', true, 'Thông lệ tổng kết 10 năm nghị quyết, chỉ thị của Trung ương'),
	('central', 'Nghị quyết', 15, 'tổng kết', 'TW', false, 'Khi điều khoản thi hành yêu cầu, hoặc do Ban chọn'),
	('central', 'Chỉ thị', 1, 'sơ kết', 'TW', false, 'Khi điều khoản thi hành yêu cầu, hoặc do Ban chọn'),
	('central', 'Chỉ thị', 5, 'sơ kết', 'TW', true, 'Thông lệ sơ kết 5 năm nghị quyết, chỉ thị của Trung ương'),
	('central', 'Chỉ thị', 10, 'tổng kết', 'TW', true, 'Thông lệ tổng kết 10 năm nghị quyết, chỉ thị của Trung ương'),
	('central', 'Chỉ thị', 15, 'tổng kết', 'TW', false, 'Khi điều khoản thi hành yêu cầu, hoặc do Ban chọn');

-- How long before the next step each step of a review must be over.
create table review_step_rule (
	step    text primary key,               -- plan | outline | input | draft | appraisal | conference
	days    bigint not null                 -- working days from its last day to that of the next step
);
insert into review_step_rule (step, days)
values ('plan', 10), ('outline', 30), ('input', 15), ('draft', 10), ('appraisal', 10), ('conference', 5);

-- What a document itself says of its reviews.
create table review_clause (
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
create index review_clause_directive on review_clause (directive);

-- One review that a document is due. Rows that nobody has worked on follow the rules; others are never taken away.
create table review (
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
create index review_due on review (due, id);
create index review_lead on review (lead, due);
create index review_holder on review (holder, due);
create index review_waiting on review (due, id) where listed_at is not null and confirmed_at is null and removed_at is null;

create table review_cooperation (
	review text not null references review (id),
	body   text not null references body (id),
	part   text not null,
	primary key (review, body)
);
create index review_cooperation_body on review_cooperation (body, review);

-- A step that differs from the rules, was done by hand, or is a task. A step without a row follows the rules.
create table review_step (
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
create index review_step_task on review_step (task);

-- What happened to a review, in order.
create table review_fact (
	review     text not null references review (id),
	seq        bigint not null,
	kind       text not null,
	at         bigint not null,
	actor      text not null,
	actor_name text not null,
	note       text not null,
	day        text,
	primary key (review, seq)
);
