-- +goose Up
-- Certificates to which those of signers must lead: the administrator entered them, none comes with the program.
create table signature_root (
	id       text primary key,
	sha256   text not null,      -- of the certificate
	pem      text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create index signature_root_sha256 on signature_root (sha256);
-- One that no longer holds is taken out again; that it was there stays known.
create table signature_root_removal (
	root     text primary key references signature_root (id),
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
