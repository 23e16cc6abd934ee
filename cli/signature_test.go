package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/signature/signaturetest"
)

// The names of the JSON and the codes at the end are promised to other programs.
func TestWhatOtherProgramsReadOfSignatures(t *testing.T) {
	office := signaturetest.NewOffice(t, "Nguyễn Thị Hương")
	dir := t.TempDir()
	write := func(name string, body []byte) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	signed := signaturetest.NewPaper("Giay moi so 12").Sign(t, office.Leader, signaturetest.How{}).Bytes
	changed := []byte(strings.Replace(string(signed), "so 12", "so 92", 1))
	pss := signaturetest.NewPaper("Giay moi").Sign(t, office.Leader, signaturetest.How{PSS: true}).Bytes
	two := signaturetest.NewPaper("Giay moi").Sign(t, office.Leader, signaturetest.How{}).Sign(t, office.Leader, signaturetest.How{}).Bytes
	root, other := write("goc.pem", []byte(office.Root.PEM())), write("goc-khac.pem", []byte(signaturetest.NewOffice(t, "Ai đó").Root.PEM()))
	for _, trial := range []struct {
		name string
		file []byte
		more []string
		code int
		want string // intact, whole_file and chain of each
		says string // a part of the last problem
	}{
		{"signed", signed, nil, done, "true true unknown", ""},
		{"with its root", signed, []string{"--roots", root, "--roots", other}, done, "true true trusted", ""},
		{"with another root", signed, []string{"--roots", other}, done, "true true untrusted", "không dẫn về chứng thư gốc nào"},
		{"changed", changed, nil, failed, "false true unknown", "đã bị sửa"},
		{"appended", append(signed[:len(signed):len(signed)], '\n'), nil, failed, "true false unknown", "phần thêm"},
		{"cannot be checked", pss, nil, done, "null true unknown", "Không kiểm được loại chữ ký này"},
		{"two", two, nil, done, "true false unknown, true true unknown", ""},
		{"none", signaturetest.NewPaper("Giay moi").Bytes, nil, done, "", ""},
	} {
		code, out, errs := typed(t, "", append([]string{"signature", write("ky.pdf", trial.file), "--json"}, trial.more...)...)
		var shapes []map[string]any
		if err := json.Unmarshal([]byte(out), &shapes); err != nil || code != trial.code {
			t.Errorf("%s: %d, %v\n%s%s", trial.name, code, err, out, errs)
			continue
		}
		var got []string
		last := ""
		for _, shape := range shapes {
			if len(shape) != 6 || shape["signer"] != "Nguyễn Thị Hương" || !strings.Contains(shape["signed_at"].(string), "T") {
				t.Errorf("%s: %v", trial.name, shape)
			}
			words, _ := json.Marshal([]any{shape["intact"], shape["whole_file"], shape["chain"]})
			got = append(got, strings.NewReplacer(",", " ", `"`, "", "[", "", "]", "").Replace(string(words)))
			last = shape["problem"].(string)
		}
		if strings.Join(got, ", ") != trial.want || !strings.Contains(last, trial.says) || (trial.says == "") != (last == "") {
			t.Errorf("%s: %q with %q, not %q with %q", trial.name, strings.Join(got, ", "), last, trial.want, trial.says)
		}
	}
	if code, out, errs := typed(t, "", "signature", write("a.pdf", []byte("PK"))); code != failed || out != "" || !strings.Contains(errs, "không phải PDF") {
		t.Errorf("no PDF: %d %q %q", code, out, errs)
	}
	if code, out, _ := typed(t, "", "signature", write("ky.pdf", signed)); code != done || strings.Count(out, "\n") != 6 || !strings.Contains(out, "ca.gov.vn") {
		t.Errorf("in words: %d\n%s", code, out)
	}
}
