package record

import (
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
		{"proposal", "answered", map[string]any{"reason": "Đưa vào kế hoạch quý II của Ban."}, "trả lời kiến nghị: Đưa vào kế hoạch quý II của Ban"},
		{"task", "juggled", nil, "ghi việc “juggled” của nhiệm vụ"},
		{"obligation", "extended", map[string]any{"due": "2022-03-20", "reason": strings.Repeat("a", 500)}, "cho gia hạn đến 20/3/2022: " + strings.Repeat("a", longestDetail) + "…"},
	} {
		if got := Sentence(c.kind, c.verb, c.details); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.kind, c.verb, got, c.want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("{x}[y]")
	f.Add("2022-02-31")
	f.Fuzz(func(t *testing.T, value string) {
		for kind, k := range Kinds {
			for verb := range k.Verbs {
				Sentence(kind, verb, map[string]any{"reason": value, "period": value, "due": value, "title": value, "name": value})
			}
		}
	})
}

func TestWordsAreWellFormed(t *testing.T) {
	said := map[string]map[string]string{"": ofAll}
	for kind, k := range Kinds {
		if k.Name == "" || strings.ToLower(k.Name) != k.Name {
			t.Errorf("%s is called “%s”: its name must fit into a sentence", kind, k.Name)
		}
		said[kind] = k.Verbs
	}
	for kind, verbs := range said {
		for verb, words := range verbs {
			if strings.Count(words, "[") != strings.Count(words, "]") || strings.Count(words, "{") != strings.Count(words, "}") || strings.HasSuffix(words, ".") {
				t.Errorf("%s %s: %s", kind, verb, words)
			}
		}
	}
	if len(Order) != len(Kinds) {
		t.Errorf("%d words for %d kinds: one stands twice", len(Order), len(Kinds))
	}
}
