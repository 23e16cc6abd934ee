-- +goose Up
-- A signature is a post: how a post signs stands with it, and a signed paper names the post it was signed from.
alter table post add column signs text not null default 'none'; -- none, head, acting, in_charge, deputy, by_order, delegated
update post
set signs = case
	when title like 'Phó %phụ trách%' then 'in_charge'
	when title like 'Phó %' then 'deputy'
	when title like 'Quyền %' then 'acting'
	when title like 'Trưởng %' or title like 'Giám đốc%' or title like 'Bí thư%' or title like 'Chủ tịch%' then 'head'
	else 'none' end
where role in ('commission_leader', 'agency_leader');
update post
set signs = 'by_order'
where (title like 'Chánh %' or title like 'Trưởng %')
  and body in (select id from body where kind = 'own_unit');
alter table paper add column to_sign text references person (id); -- of a draft: who is to sign
alter table paper_signing add column post text references post (id); -- null before papers named it
