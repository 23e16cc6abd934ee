-- +goose Up
-- A conference held at several places at once: one venue (điểm cầu) a line beside the hall.
alter table conference add column venues text not null default '';
