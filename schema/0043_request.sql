-- +goose Up
-- What several bodies were asked for at once: each row of such a conclusion becomes a task of its own.
alter table conference_cooperation add column task text;
create index conference_cooperation_task on conference_cooperation (task);

-- Whether the result is noted (ghi nhận), not judged (nghiệm thu): the commission judges its own units only.
alter table task add column noted boolean not null default false;
update task set noted = true where lead in (select id from body where kind not in ('commission', 'own_unit'));
