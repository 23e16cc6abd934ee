package web

import (
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/people"
)

// slipsPage chooses whose passwords are printed.
type slipsPage struct {
	Accounts []slipLine
	Most     int
}

type slipLine struct {
	people.Account
	BodyName string
	State    badge
	Chosen   bool
}

func (s *site) chooseSlips(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	waiting, err := people.AwaitSlip(tx, by)
	if err != nil {
		return Reply{}, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	p := slipsPage{Most: mostSlips}
	chosen := r.PostForm["accounts[]"]
	for _, a := range waiting {
		// Who has a slip already keeps it, unless another is asked for.
		take := slices.Contains(chosen, string(a.ID)) || !writes(r) && !a.HasPhrase && len(p.Accounts) < mostSlips
		p.Accounts = append(p.Accounts, slipLine{a, names[a.Body].ShortName, accountState(a), take})
	}
	return Reply{Page: "people/slips", Data: p}, nil
}

// printedSlips is a page to print and cut: one slip for each person, shown this once.
type printedSlips struct {
	Address string // where one signs in
	Slips   []printedSlip
}

type printedSlip struct {
	people.Slip
	BodyName string
}

func (s *site) printSlips(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.chooseSlips(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	chosen, made := r.PostForm["accounts[]"], dealt(r)
	switch {
	case len(chosen) == 0:
		return again, fault.Invalid("accounts", "Hãy chọn ít nhất một người.")
	case len(chosen) > mostSlips:
		return again, fault.Invalid("accounts", "Mỗi lần in được %d phiếu; hãy bỏ bớt rồi in tiếp.", mostSlips)
	case len(made) < len(chosen):
		return again, fault.Busy("Chưa tạo đủ mật khẩu vì máy đang bận. Chưa có gì thay đổi; xin thử lại.")
	}
	waiting := make(map[string]slipLine)
	for _, line := range again.Data.(slipsPage).Accounts {
		waiting[string(line.ID)] = line
	}
	p := printedSlips{Address: ownAddress(r)}
	for i, id := range chosen {
		line, ok := waiting[id]
		if !ok { // who has chosen a password meanwhile keeps it
			return again, fault.Conflict("Một người đã chọn vừa đặt mật khẩu của mình, hoặc không còn trong danh sách. Xin xem lại rồi in.")
		}
		slip, err := people.HandOut(tx, by, line.ID, made[i])
		if err != nil {
			return again, err
		}
		p.Slips = append(p.Slips, printedSlip{slip, line.BodyName})
	}
	return Reply{Page: "people/slips-print", Data: p}, nil
}
