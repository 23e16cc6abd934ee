package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestALineIsAPlainSentence(t *testing.T) {
	for _, c := range []struct {
		kind, verb string
		details    map[string]any
		want       string
	}{
		{"submission", "submitted", map[string]any{"number": "BC-0012", "period": "2022-Q1", "version": 2.0, "late": true}, "gửi báo cáo số BC-0012 kỳ quý I năm 2022, bản 2, sau hạn"},
		{"submission", "submitted", map[string]any{"late": false}, "gửi báo cáo"},
		{"task", "assigned", map[string]any{"title": "Rà soát văn bản", "due": "2022-06-30", "from": ""}, "giao nhiệm vụ “Rà soát văn bản”, hạn 30/6/2022"},
		{"task", "attached", map[string]any{"name": "bản ký.pdf", "label": "Minh chứng"}, "đính kèm tệp “bản ký.pdf” (Minh chứng)"},
		{"person", "appointed", map[string]any{"title": "Phó Giám đốc", "body": "SYT", "role": "agency_leader", "from": "2022-01-01", "to": ""}, "ghi chức vụ Phó Giám đốc tại SYT, vai trò Lãnh đạo cơ quan, từ 01/01/2022"},
		{"account", "sign_in_failed", map[string]any{"known_login": true}, "đăng nhập sai vào tài khoản có thật"},
		{"task", "juggled", nil, "ghi việc “juggled” của nhiệm vụ"},
		{"obligation", "extended", map[string]any{"due": "2022-03-20", "reason": strings.Repeat("a", 500)}, "cho gia hạn đến 20/3/2022: " + strings.Repeat("a", longestDetail) + "…"},
	} {
		if got := journalSentence(c.verb, c.kind, c.details); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.kind, c.verb, got, c.want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("{x}[y]")
	f.Add("2022-02-31")
	f.Fuzz(func(t *testing.T, value string) {
		for key := range verbWords {
			kind, verb, _ := strings.Cut(key, " ")
			journalSentence(verb, kind, map[string]any{"reason": value, "period": value, "due": value, "title": value, "name": value})
		}
	})
}

var (
	writtenVerb = regexp.MustCompile(`journal\.Write(?:Private)?\([a-z.]*tx, [^,]+, "([a-z_]+)",`)
	handedVerb  = regexp.MustCompile(`\.done\("([a-z_]+)"|writeContribution\(.*"([a-z_]+)"\)`)
)

// Every verb that a room writes has its words here, or the audit page would show a program's word to a person.
func TestEveryVerbOfTheRoomsHasItsWords(t *testing.T) {
	known := make(map[string]bool)
	for key := range verbWords {
		known[key[strings.LastIndexByte(key, ' ')+1:]] = true
	}
	rooms := os.DirFS("..")
	err := fs.WalkDir(rooms, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (path == "tools" || path == ".git" || path == "docs" || path == "web") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		source, err := fs.ReadFile(rooms, path)
		for _, found := range append(writtenVerb.FindAllStringSubmatch(string(source), -1), handedVerb.FindAllStringSubmatch(string(source), -1)...) {
			if verb := strings.Join(found[1:], ""); !known[verb] {
				t.Errorf("%s writes “%s”, which has no words", path, verb)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWordsAreWellFormed(t *testing.T) {
	for key, words := range verbWords {
		kind, _, two := strings.Cut(key, " ")
		if two && kindNames[kind] == "" {
			t.Errorf("%s: “%s” has no name", key, kind)
		}
		if strings.Count(words, "[") != strings.Count(words, "]") || strings.Count(words, "{") != strings.Count(words, "}") || strings.HasSuffix(words, ".") {
			t.Errorf("%s: %s", key, words)
		}
	}
	for _, kind := range kindOrder {
		if kindNames[kind] == "" {
			t.Errorf("“%s” is offered without a name", kind)
		}
	}
}
