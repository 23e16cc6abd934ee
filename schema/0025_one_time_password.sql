-- +goose Up
-- A password that was handed out on a slip serves once: it must be changed at the first sign-in, and by that moment.
alter table account add column one_time_until bigint; -- null: the owner's own password
