package succession

import (
	"fmt"

	"giaoban/internal/db"
)

// Finding is one thing of which the holder kept is not the one that the decisions say.
type Finding struct {
	Kind     Kind
	Item     db.ID
	Part     string // of a task: whose side
	Sentence string
}

// Row names the row that keeps the holder: its table and its key.
func (f Finding) Row() (table, id string) {
	switch f.Kind {
	case Task:
		return "task_side", string(f.Item) + "~" + f.Part
	case Assignment:
		return "regime_transfer", string(f.Item)
	}
	return string(f.Kind), string(f.Item)
}

// Verify derives who answers for every task, report, review and transferred sector again from the decisions that stand,
// and compares with what is kept. It is for the program's own check, not for an actor.
func Verify(tx *db.Tx) ([]Finding, error) {
	var standing []struct {
		Kind     Kind   `db:"kind"`
		Item     db.ID  `db:"item"`
		Part     string `db:"part"`
		To       db.ID  `db:"to_body"`
		Transfer db.ID  `db:"transfer"`
	}
	if err := tx.Select(&standing, `
select i.kind, i.item, i.part, d.to_body, d.transfer
from succession_decision d
join succession_item i on i.id = d.item
where d.accepted and d.undone_at is null
order by d.at, d.id`); err != nil {
		return nil, err
	}
	type thing struct {
		kind Kind
		item db.ID
		part string
	}
	right := make(map[thing]db.ID)
	transfers := make(map[db.ID]bool)
	for _, d := range standing {
		right[thing{d.Kind, d.Item, d.Part}] = d.To // the last one stands
		if d.Kind == Assignment {
			transfers[d.Transfer] = true
		}
	}
	var findings []Finding
	for _, kept := range []struct {
		kind  Kind
		query string
	}{
		{Task, "select task as item, org as part, org as own, holder from task_side where holder <> org"},
		{Obligation, "select id as item, '' as part, body as own, holder from obligation where holder <> body"},
		{Review, "select id as item, '' as part, coalesce(lead, '') as own, coalesce(holder, '') as holder from review where coalesce(holder, '') <> coalesce(lead, '')"},
	} {
		var rows []struct {
			Item   db.ID  `db:"item"`
			Part   string `db:"part"`
			Own    db.ID  `db:"own"`
			Holder db.ID  `db:"holder"`
		}
		if err := tx.Select(&rows, kept.query); err != nil {
			return nil, err
		}
		moved := make(map[thing]db.ID, len(rows))
		for _, r := range rows {
			key := thing{kept.kind, r.Item, r.Part}
			moved[key] = r.Holder
			if _, ok := right[key]; !ok {
				findings = append(findings, Finding{kept.kind, r.Item, r.Part, fmt.Sprintf("%s %s đang do cơ quan %s thực hiện mà không có quyết định bàn giao nào.", kept.kind.Name(), r.Item, r.Holder)})
			}
		}
		for key, to := range right {
			if key.kind != kept.kind {
				continue
			}
			if holder, ok := moved[key]; ok && holder != to {
				findings = append(findings, Finding{key.kind, key.item, key.part, fmt.Sprintf("%s %s đang do cơ quan %s thực hiện, theo quyết định bàn giao là %s.", key.kind.Name(), key.item, holder, to)})
			} else if !ok {
				back, err := own(tx, key.kind, key.item, key.part)
				if err != nil {
					return nil, err
				}
				if back != to {
					findings = append(findings, Finding{key.kind, key.item, key.part, fmt.Sprintf("%s %s vẫn do cơ quan cũ thực hiện dù đã có quyết định bàn giao.", key.kind.Name(), key.item)})
				}
			}
		}
	}
	var live []db.ID
	if err := tx.Select(&live, "select id from regime_transfer where ended_at is null"); err != nil {
		return nil, err
	}
	for _, id := range live {
		if !transfers[id] {
			findings = append(findings, Finding{Assignment, id, "", fmt.Sprintf("Việc chuyển lĩnh vực báo cáo %s không có quyết định bàn giao nào.", id)})
		}
		delete(transfers, id)
	}
	for id := range transfers {
		findings = append(findings, Finding{Assignment, id, "", fmt.Sprintf("Việc chuyển lĩnh vực báo cáo %s đã dừng dù quyết định bàn giao còn hiệu lực.", id)})
	}
	return findings, nil
}

// own is who answers for something that is not kept as handed over: work may have come back to whom it was given first.
func own(tx *db.Tx, kind Kind, item db.ID, part string) (db.ID, error) {
	return Item{Kind: kind, Item: item, Part: part}.held(tx)
}
