package org_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/internal/fault"
	"giaoban/org"
)

func TestAMarkOfSecrecyIsRefusedWhereverTheDirectoryIsTyped(t *testing.T) {
	on(t, func(p *province) {
		const marked = "Quyết định số 12-QĐ/TU\nMẬT\nvề tổ chức bộ máy"
		shipped, err := org.References(p.tx, admin)
		p.ok(err)
		_, announced := org.Announce(p.tx, admin, org.NewChange{Kind: org.Renamed, Day: march, Basis: marked,
			Names: []org.NewName{{Body: p.body["SYT"], Name: "Sở Y tế và Dân số"}}})
		for door, err := range map[string]error{
			"a change":     announced,
			"a function":   org.Give(p.tx, admin, p.body["SYT"], "tre-em", march, marked),
			"a spelling":   org.AddDatedAlias(p.tx, admin, p.body["SYT"], marked, "", calendar.Date{}, calendar.Date{}),
			"a setting":    org.Set(p.tx, admin, org.Superior, marked),
			"a confirming": org.Decide(p.tx, admin, shipped[0].Key, org.Decision{Kind: org.Confirmed, Note: marked}),
		} {
			if !fault.Is(err, fault.KindRefused) {
				t.Errorf("%s takes a paper marked Mật: %v", door, err)
			}
		}
	})
}
