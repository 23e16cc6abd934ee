-- +goose Up
-- Asking for one paragraph or figure leaves the rest of an accepted version accepted. What was asked for before sent the
-- whole version back, and stays so.
alter table report_return add column keeps boolean not null default false;
