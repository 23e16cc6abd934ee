-- +goose Up
-- On its way to the signature a draft passes the chairs that the office has named. They are kept with the step that put it
-- forward: a chain that is changed later is for what is put forward later.
alter table consolidation_step add column stages text not null default '';     -- titles of posts, in order, one a line
alter table consolidation_step add column passed integer not null default 0;   -- how many of them had agreed by then
