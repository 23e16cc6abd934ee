package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/edxml"
)

// packetFile writes a packet with a paper and one file.
func packetFile(t *testing.T, subject, content string) string {
	t.Helper()
	p := edxml.Packet{From: edxml.Organ{ID: "H99.15", Name: "Sở Giáo dục và Đào tạo"}, To: []edxml.Organ{{ID: "H99.01", Name: "Ban Tuyên giáo và Dân vận"}},
		Symbol: "412/SGDĐT-VP", Date: calendar.On(2026, 3, 18), Kind: "Công văn", Subject: subject, Signer: edxml.Signer{Title: "Giám đốc", Name: "Trần Văn Bình"},
		Due: calendar.On(2026, 3, 31), Answers: []edxml.Answer{{Symbol: "127-CV/BTGDVTU"}},
		Files: []edxml.File{{Name: "bao-cao.txt", Content: []byte(content)}}}
	var b bytes.Buffer
	if err := edxml.Write(&b, p, time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "goi.edxml")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestReadTellsWhatAPacketHolds(t *testing.T) {
	name := packetFile(t, "V/v báo cáo tháng 3", "I. Kết quả\nCó 516 trường đạt chuẩn.")
	code, out, errs := typed(t, "", "read", name, "--json")
	var got struct {
		Package struct {
			From, Symbol, Date, Type, Signer, Due string
			To, Answers                           []string
			Attachments                           []struct {
				Name string
				Size int
			}
		}
		Blocks   []struct{ Text, Place string }
		Problems []string
	}
	if err := json.Unmarshal([]byte(out), &got); code != done || err != nil {
		t.Fatalf("%d %v %q %q", code, err, out, errs)
	}
	p := got.Package
	if p.From != "Sở Giáo dục và Đào tạo" || p.Symbol != "412/SGDĐT-VP" || p.Date != "2026-03-18" || p.Type != "Công văn" || p.Signer != "Trần Văn Bình" || p.Due != "2026-03-31" {
		t.Errorf("%+v", p)
	}
	if strings.Join(p.To, ";") != "Ban Tuyên giáo và Dân vận" || strings.Join(p.Answers, ";") != "127-CV/BTGDVTU" || len(p.Attachments) != 1 || p.Attachments[0].Name != "bao-cao.txt" {
		t.Errorf("%+v", p)
	}
	if len(got.Blocks) != 2 || got.Blocks[1].Text != "Có 516 trường đạt chuẩn." || !strings.HasPrefix(got.Blocks[1].Place, "bao-cao.txt, ") {
		t.Errorf("%+v", got.Blocks)
	}
	if code, out, _ := typed(t, "", "read", name); code != done || !strings.Contains(out, "Công văn 412/SGDĐT-VP ngày 18/3/2026: V/v báo cáo tháng 3") {
		t.Errorf("%d %q", code, out)
	}
}

// One mark anywhere in a packet refuses all of it.
func TestReadRefusesAPacketWithAMarkOfSecrecy(t *testing.T) {
	for _, name := range []string{packetFile(t, "V/v báo cáo", "TỐI MẬT\nBáo cáo"), packetFile(t, "MẬT", "Báo cáo")} {
		code, out, errs := typed(t, "", "read", name, "--json")
		if code == done || strings.Contains(out, "Báo cáo") || !strings.Contains(errs, "độ mật") {
			t.Errorf("%d %q %q", code, out, errs)
		}
	}
}
