package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCitePrintsOneLineAReferenceInTheOrderOfTheText(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.txt")
	text := "Thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị và 3-KH/BTG&DVTU."
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := typed(t, "", "cite", name)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != done || errs != "" || len(lines) != 2 {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	if want := `{"file":"` + name + `","start":`; !strings.HasPrefix(lines[0], want) {
		t.Errorf("the file comes first: %s", lines[0])
	}
	if !strings.Contains(lines[1], `"symbol":"3-KH/BTG&DVTU"`) {
		t.Errorf("signs stay as written: %s", lines[1])
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{"type": "Chỉ thị", "number": "20", "symbol": "20-CT/TW", "date": "2012-11-05", "issuer": "Bộ Chính trị", "term": nil,
		"text": "Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị", "confidence": 0.99} {
		if got[key] != want {
			t.Errorf("%s is %v, not %v", key, got[key], want)
		}
	}
	if notes, ok := got["notes"].([]any); !ok || len(notes) != 0 {
		t.Errorf("notes: %v", got["notes"])
	}
}

func TestCiteReadsStandardInput(t *testing.T) {
	for _, args := range [][]string{{"cite"}, {"cite", "-"}} {
		code, out, _ := typed(t, "theo Nghị quyết 20-NQ/TW", args...)
		if code != done || !strings.HasPrefix(out, `{"file":"-",`) || !strings.Contains(out, `"20-NQ/TW"`) {
			t.Errorf("%v: %d %q", args, code, out)
		}
	}
}

func TestCiteGoesOnAfterAFileItCannotTake(t *testing.T) {
	dir := t.TempDir()
	write := func(name, body string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	code, out, errs := typed(t, "", "cite", write("khong-phai-utf8.txt", "S\xe8 20-CT/TW"), write("mat.txt", "TUYỆT MẬT\nChỉ thị 20-CT/TW"), filepath.Join(dir, "khong-co.txt"),
		write("tot.txt", "Chỉ thị 19-CT/TW"))
	if code != failed || !strings.Contains(out, "19-CT/TW") || strings.Contains(out, "20-CT/TW") {
		t.Errorf("%d %q", code, out)
	}
	for _, sentence := range []string{"khong-phai-utf8.txt: Tệp", "độ mật TUYỆT MẬT", "khong-co.txt: không đọc được", "3 trên 4 tệp"} {
		if !strings.Contains(errs, sentence) {
			t.Errorf("%q is missing in %q", sentence, errs)
		}
	}
}

func TestCiteReadsTheWordsOfAPage(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.html")
	if err := os.WriteFile(name, []byte("<html><body><p>Thực hiện <b>Chỉ thị số</b> <i>20-CT/TW</i> của Bộ Chính trị.</p></body></html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := typed(t, "", "cite", name)
	if code != done || !strings.Contains(out, `"text":"Chỉ thị số 20-CT/TW của Bộ Chính trị"`) {
		t.Errorf("%d %q %q", code, out, errs)
	}
}
