package org_test

import (
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
)

var (
	admin   = access.System("kiểm thử")
	founded = day("2000-01-01")
	eve     = day("2025-02-28")
	march   = day("2025-03-01")
)

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// province is like a real one before the reorganisation: six departments with what they answer for.
type province struct {
	*testing.T
	tx   *db.Tx
	body map[string]db.ID
}

var answersFor = map[string][]string{
	"SLDTBXH": {"lao-dong", "an-toan-lao-dong", "nguoi-co-cong", "binh-dang-gioi", "tre-em", "bao-tro-xa-hoi", "te-nan-xa-hoi",
		"giao-duc-nghe-nghiep", "giam-ngheo", "cai-nghien"},
	"SNV":     {"to-chuc-bo-may", "ton-giao"},
	"SYT":     {"y-te", "dan-so", "an-toan-thuc-pham"},
	"SGDDT":   {"giao-duc"},
	"STNMT":   {"moi-truong", "dat-dai"},
	"SNNPTNT": {"nong-nghiep"},
}

func on(t *testing.T, test func(p *province)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.Begin(t, d, func(tx *db.Tx) {
			p := &province{t, tx, make(map[string]db.ID)}
			p.make("BTGTU", org.Commission, "Ban Tuyên giáo Tỉnh ủy", "BTG Tỉnh ủy")
			p.make("SLDTBXH", org.Department, "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH", "Sở LĐ-TB&XH")
			p.make("SNV", org.Department, "Sở Nội vụ", "Sở Nội vụ")
			p.make("SYT", org.Department, "Sở Y tế", "Sở Y tế")
			p.make("SGDDT", org.Department, "Sở Giáo dục và Đào tạo", "Sở GD&ĐT")
			p.make("STNMT", org.Department, "Sở Tài nguyên và Môi trường", "Sở TN&MT")
			p.make("SNNPTNT", org.Department, "Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT")
			p.make("CAT", org.Agency, "Công an tỉnh", "Công an tỉnh")
			for _, code := range []string{"SLDTBXH", "SNV", "SYT", "SGDDT", "STNMT", "SNNPTNT"} {
				for _, f := range answersFor[code] {
					p.ok(org.Give(tx, admin, p.body[code], f, founded, "Quyết định thành lập"))
				}
			}
			for code, sector := range map[string]string{"SLDTBXH": "LD", "SYT": "YT", "SGDDT": "GD", "STNMT": "MT", "SNV": "NV"} {
				p.ok(org.GiveSector(tx, admin, p.body[code], sector, founded, ""))
			}
			test(p)
		})
	})
}

func (p *province) ok(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *province) make(code string, kind org.Kind, name, short string, aliases ...string) {
	p.Helper()
	b, err := org.Create(p.tx, admin, org.New{Code: code, Kind: kind, Name: name, ShortName: short, Place: "Khánh Hòa", Sort: len(p.body) + 1,
		ValidFrom: founded, Aliases: aliases})
	p.ok(err)
	p.body[code] = b.ID
}

func (p *province) announce(n org.NewChange) org.Change {
	p.Helper()
	c, err := org.Announce(p.tx, admin, n)
	p.ok(err)
	for _, b := range n.Creates {
		made, err := org.ByCode(p.tx, admin, b.Code, n.Day)
		p.ok(err)
		p.body[b.Code] = made.ID
	}
	return c
}

// whoAnswers gives the codes of those who answer for a function on a day.
func (p *province) whoAnswers(function, on string) (codes []string) {
	p.Helper()
	bodies, err := org.Answers(p.tx, admin, function, day(on))
	p.ok(err)
	for _, b := range bodies {
		codes = append(codes, b.Code)
	}
	return codes
}

const decree = "Nghị quyết của HĐND tỉnh ngày 20/02/2025"

// agriculture is the department that two others became on the day of the split.
func (p *province) agriculture() org.Change {
	p.Helper()
	return p.announce(org.NewChange{Kind: org.Merged, Day: march, Basis: decree,
		Creates: []org.New{{Code: "SNNMT", Kind: org.Department, Name: "Sở Nông nghiệp và Môi trường", ShortName: "Sở NN&MT", Sort: 6}},
		Parts:   []org.NewPart{{From: p.body["SNNPTNT"], ToCode: "SNNMT"}, {From: p.body["STNMT"], ToCode: "SNNMT"}}})
}

// labour is the split of the Labour department in five.
func (p *province) labour() org.Change {
	p.Helper()
	n := org.NewChange{Kind: org.Split, Day: march, Basis: decree}
	for _, f := range answersFor["SLDTBXH"] {
		to := map[string]string{"tre-em": "SYT", "bao-tro-xa-hoi": "SYT", "te-nan-xa-hoi": "SYT", "giao-duc-nghe-nghiep": "SGDDT",
			"giam-ngheo": "SNNMT", "cai-nghien": "CAT"}[f]
		if to == "" {
			to = "SNV"
		}
		n.Parts = append(n.Parts, org.NewPart{From: p.body["SLDTBXH"], To: p.body[to], Function: f})
	}
	n.Parts = append(n.Parts, org.NewPart{From: p.body["SLDTBXH"], To: p.body["SNV"]}) // whatever else there is
	return p.announce(n)
}
