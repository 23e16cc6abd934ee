package web_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/paper"
	"giaoban/sample"
)

// Minutes whose writer and chair do not sign in the program are signed on paper: the scan ends the draft, once it is known to
// bear no mark.
func TestMinutesSignedOnPaperAreKeptWithTheirScan(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			var made paper.Paper
			h.do(t, func(tx *db.Tx) error {
				b, err := conference.OfPeriod(tx, h.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q1"))
				if err == nil {
					made, err = conference.DraftMinutes(tx, h.Officer, b.ID, "Trần Văn Ghi")
				}
				return err
			})
			at := "/van-ban/" + string(made.ID)
			officer := h.visitor(t, h.Officer)
			officer.get(at)
			officer.see(t, "Trần Văn Ghi", "chưa ký", "Ai không ký ở đây thì ký trên giấy")
			if strings.Contains(officer.text, "Ký là người ghi") {
				t.Error("somebody else may sign for who wrote the minutes")
			}
			var picture bytes.Buffer
			png.Encode(&picture, image.NewGray(image.Rect(0, 0, 3, 3)))
			clerk := h.visitor(t, h.Clerk)
			clerk.sendFile(at+"/ban-ky", "bien ban.png", picture.Bytes(), url.Values{})
			if clerk.see(t, "không có dấu mật"); clerk.status != http.StatusUnprocessableEntity {
				t.Errorf("a scan is taken without its sender's word: %d", clerk.status)
			}
			h.do(t, func(tx *db.Tx) error {
				p, err := paper.Find(tx, h.Officer, made.ID)
				if p.State != paper.Drafted {
					t.Errorf("a scan that was refused ended the draft: %s", p.State)
				}
				return err
			})
			read := strconv.FormatInt(made.Version, 10)
			h.do(t, func(tx *db.Tx) error {
				_, err := paper.Redraft(tx, h.Officer, made.ID, made.Version)
				return err
			})
			clerk.sendFile(at+"/ban-ky", "bien ban.png", picture.Bytes(), url.Values{"no_mark": {"1"}, "version": {read}})
			if clerk.see(t, "Biên bản đã được sửa", "Dự thảo"); clerk.status != http.StatusPreconditionFailed {
				t.Errorf("signatures under words that were changed since: %d", clerk.status)
			}
			clerk.sendFile(at+"/ban-ky", "bien ban.png", picture.Bytes(), url.Values{"no_mark": {"1"}, "version": {strconv.FormatInt(made.Version+1, 10)}})
			clerk.see(t, "Đã ký, lưu hồ sơ", "ký trên giấy", "Bản gốc đã ký")
			h.do(t, func(tx *db.Tx) error {
				p, err := paper.Find(tx, h.Officer, made.ID)
				if p.State != paper.Kept || p.Signer != made.Chair || p.SignedBy != h.Clerk.Name || p.BySecretary() {
					t.Errorf("kept as %+v", p)
				}
				return err
			})
		})
	}
}
