-- +goose Up
-- Everything that happened to a review, to its steps too, is a row that stays; taking back is another row. review and
-- review_step keep what follows from the rows.
alter table review_fact rename to review_fact_before;
create table review_fact (
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

insert into review_fact (review, seq, kind, at, actor, actor_name, note, day, step, task, file, directive, submit_by)
with word (step, name) as (
	values ('plan', 'Ban hành kế hoạch'), ('outline', 'Gửi đề cương'), ('input', 'Nhận báo cáo của các cơ quan'),
		('draft', 'Dự thảo báo cáo'), ('appraisal', 'Thẩm định dự thảo'), ('conference', 'Tổ chức hội nghị'), ('submitted', 'Trình báo cáo')
),
-- The name of the step stood at the head of the note.
told as (
	select f.review, f.seq, f.kind, f.at, f.actor, f.actor_name, f.day,
		case when w.step is null then f.note else substr(f.note, length(w.name) + 3) end as note,
		coalesce(w.step, '') as step
	from review_fact_before f
	left join word w on f.kind in ('step_moved', 'step_freed', 'step_done', 'step_task') and substr(f.note, 1, length(w.name) + 2) = w.name || ': '
),
latest as (
	select review, kind, step, max(seq) as seq
	from told
	group by review, kind, step
),
-- What became a task when the list was confirmed.
asked as (
	select s.review, s.step, s.day, s.explained, s.task,
		(select max(c.seq) from told c where c.review = s.review and c.kind = 'confirmed' and c.at <= t.assigned_at) as confirmed
	from review_step s
	join task t on t.id = s.task
	where s.day is not null
),
-- What was done about a step before its task was withdrawn and the list laid again was forgotten then.
dropped as (
	select g.review, g.seq, w.step
	from told g
	cross join word w
	left join review_step s on s.review = g.review and s.step = w.step
	where g.kind in ('relisted', 'resumed')
	  and exists (
		select 1 from told b
		where b.review = g.review and b.step = w.step and b.seq < g.seq
		  and (b.kind = 'step_task' or exists (
			select 1 from told c
			where c.review = b.review and c.kind = 'confirmed' and c.seq > b.seq and c.seq < g.seq)))
	  and not exists (select 1 from asked a where a.review = g.review and a.step = w.step and a.confirmed < g.seq)
	  and not coalesce(s.by_hand, false)
	  and (s.step is null or s.day is not null or exists (
		select 1 from told b where b.review = g.review and b.step = w.step and b.seq > g.seq))
),
ordered as (
	select t.review, t.seq as place, 0 as part, t.kind, t.at, t.actor, t.actor_name, t.note, t.day, t.step,
		case when l.kind = 'step_task' and s.day is null then s.task end as task,
		case when l.kind = 'done' then r.done_file end as file,
		case when l.kind = 'instructed' then r.instruction_directive end as directive,
		case when l.kind = 'instructed' and r.submit_by <> r.due then r.submit_by end as submit_by
	from told t
	join review r on r.id = t.review
	left join latest l on l.review = t.review and l.kind = t.kind and l.step = t.step and l.seq = t.seq
	left join review_step s on s.review = t.review and s.step = t.step
	union all
	select d.review, d.seq, 1, 'step_dropped', g.at, g.actor, g.actor_name, '', null, d.step, null, null, null, null
	from dropped d
	join told g on g.review = d.review and g.seq = d.seq
	union all
	select a.review, a.confirmed, 1, 'step_asked', c.at, c.actor, c.actor_name, a.explained, a.day, a.step, a.task, null, null, null
	from asked a
	join told c on c.review = a.review and c.seq = a.confirmed
)
select review, row_number() over (partition by review order by place, part, step), kind, at, actor, actor_name, note, day, step, task,
	file, directive, submit_by
from ordered;

drop table review_fact_before;
update review
set facts = (select count(*) from review_fact f where f.review = review.id);
