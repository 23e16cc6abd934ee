-- +goose Up
-- Where a record is shown is said by the pages. Rows keep its kind and id, which every row with an address has beside it.
-- A conference of the past is another record than one that was prepared here, and has another page.
insert into lineage_node (key, kind, id, label, org, url)
select 'event/' || n.id, 'event', n.id, n.label, n.org, n.url
from lineage_node n
join archive_event e on e.id = n.id
where n.kind = 'briefing';

update lineage_edge
set source = 'event/' || substr(source, 10)
where source in (select 'briefing/' || id from archive_event);

update lineage_edge
set target = 'event/' || substr(target, 10)
where target in (select 'briefing/' || id from archive_event);

update lineage_reader
set node = 'event/' || substr(node, 10)
where node in (select 'briefing/' || id from archive_event);

delete from lineage_node
where kind = 'briefing' and id in (select id from archive_event);

alter table task drop column origin_url;
alter table directive_mention drop column url;
alter table archive_field drop column made_url;
alter table succession_item drop column url;
