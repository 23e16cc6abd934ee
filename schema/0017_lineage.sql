-- +goose Up
-- Lineage knows only what came from what. Who sees a record, and what it is called today, is asked of its own room.
drop table lineage_reader;
alter table lineage_node drop column org;
alter table lineage_node drop column url;
alter table directive_mention drop column org;
