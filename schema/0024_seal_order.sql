-- +goose Up
-- Seals are read in the order in which they were made; an index by table cost every commit a page for each table it changed.
drop index seal_tbl;
