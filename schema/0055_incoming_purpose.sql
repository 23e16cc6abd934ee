-- +goose Up
-- What a packet does with an earlier one: a sender may revoke, update or replace what it sent.
alter table incoming add column document_id text not null default ''; -- as the sender's system calls the paper
alter table incoming add column purpose bigint not null default 0;    -- 0 new, 1 revoked, 2 updated, 3 replaced: what it does
alter table incoming add column about text not null default '';       -- with the paper of this document_id
alter table incoming add column reason text not null default '';
create index incoming_document on incoming (org, document_id) where document_id <> '';
create index incoming_about on incoming (org, about) where about <> '';
