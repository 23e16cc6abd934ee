package signature_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/signature"
	"giaoban/signature/signaturetest"

	"github.com/smallstep/pkcs7"
)

const leader = "Nguyễn Thị Hương"

// change gives the file with the first of some bytes replaced; both are of one length.
func change(t *testing.T, file []byte, from, to string) []byte {
	t.Helper()
	at := bytes.Index(file, []byte(from))
	if at < 0 || len(from) != len(to) {
		t.Fatalf("%q cannot become %q", from, to)
	}
	out := bytes.Clone(file)
	copy(out[at:], to)
	return out
}

// pdfsig is what poppler says of a file: one word for each signature that it finds, "" where it is not asked.
func pdfsig(t *testing.T, file []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	ask := exec.Command("pdfsig", "-nocert", name)
	ask.Env = append(os.Environ(), "LANG=C", "LC_ALL=C")
	said, _ := ask.CombinedOutput() // it ends with 0 also on a mismatch: its words count
	var words []string
	covers := ""
	for line := range strings.Lines(string(said)) {
		switch line = strings.TrimSpace(line); {
		case strings.Contains(line, "ocument signed"):
			covers = ", " + strings.ToLower(strings.TrimPrefix(line, "- "))
		case strings.HasPrefix(line, "- Signature Validation:"):
			words = append(words, strings.Trim(strings.TrimPrefix(line, "- Signature Validation:"), " .")+covers)
			covers = ""
		}
	}
	return strings.Join(words, "; ")
}

// one is what a trial of a file expects of each signature: intact, whole, chain.
type one struct{ intact, whole, chain string }

// Every way in which a signed file can differ from what its signer saw, beside what another program says of it.
func TestWhatIsSaidOfASignedFile(t *testing.T) {
	if testing.Short() {
		t.Skip("nhiều khóa RSA")
	}
	office := signaturetest.NewOffice(t, leader)
	roots := []*x509.Certificate{office.Root.Certificate}
	clerk := office.Sub.Issue(t, "Ban Tuyên giáo Tỉnh ủy", signaturetest.Curve(t))
	paper := func(how signaturetest.How) *signaturetest.Paper {
		return signaturetest.NewPaper("Bao cao quy II: 12 truong").Sign(t, office.Leader, how)
	}
	signed := paper(signaturetest.How{})
	file := signed.Bytes
	hole := bytes.Index(file, []byte("/Contents <30")) + len("/Contents ")
	shadow := paper(signaturetest.How{})
	shadow.Show("Bao cao quy II: 99 truong")
	two := paper(signaturetest.How{}).Sign(t, clerk, signaturetest.How{})
	listed := paper(signaturetest.How{})
	listed.Hidden = true
	listed.Sign(t, clerk, signaturetest.How{})
	between := paper(signaturetest.How{})
	between.Show("Bao cao quy II: 99 truong")
	between.Sign(t, clerk, signaturetest.How{})
	ranges := func(hole, rest, length int) []byte {
		at := bytes.Index(file, []byte("/ByteRange"))
		out := bytes.Clone(file)
		copy(out[at:], fmt.Sprintf("/ByteRange [0 %010d %010d %010d]", hole, rest, length))
		return out
	}
	rest := hole + signaturetest.Digits + 2
	zeroed := bytes.Clone(file)
	copy(zeroed[hole+1:], bytes.Repeat([]byte("0"), signaturetest.Digits))

	for _, trial := range []struct {
		name   string
		file   []byte
		roots  []*x509.Certificate
		want   []one
		broken bool
		pdfsig string
	}{
		{"signed", file, roots, []one{{"yes", "yes", "trusted"}}, false, "Signature is Valid, total document signed"},
		{"one byte of content changed", change(t, file, "12 truong", "92 truong"), roots, []one{{"no", "yes", "trusted"}}, true, "Digest Mismatch, total document signed"},
		{"one byte of metadata changed", change(t, file, "Van phong", "Ban phong"), roots, []one{{"no", "yes", "trusted"}}, true, "Digest Mismatch, total document signed"},
		{"bytes appended", append(bytes.Clone(file), "\n% them\n"...), roots, []one{{"yes", "no", "trusted"}}, true, "Signature is Valid, not total document signed"},
		{"page replaced behind the signature", shadow.Bytes, roots, []one{{"yes", "no", "trusted"}}, true, "Signature is Valid, not total document signed"},
		{"truncated", file[:len(file)-40], roots, []one{{"no", "no", "unknown"}}, true, ""},
		{"hole widened", ranges(hole-20, rest+20, len(file)-rest-20), roots, []one{{"no", "no", "unknown"}}, true, "Digest Mismatch, not total document signed"},
		{"past the end", ranges(hole, rest, len(file)-rest+500), roots, []one{{"no", "no", "unknown"}}, true,
			"Signature has not yet been verified, not total document signed"},
		{"bytes of the signature zeroed", zeroed, roots, []one{{"no", "yes", "unknown"}}, true, "Unknown Validation Failure, not total document signed"},
		{"CAdES without its attribute", paper(signaturetest.How{SubFilter: "ETSI.CAdES.detached"}).Bytes, roots, []one{{"yes", "yes", "trusted"}}, false, "Signature is Valid, total document signed"},
		{"two signatures", two.Bytes, roots, []one{{"yes", "no", "trusted"}, {"yes", "yes", "trusted"}}, false,
			"Signature is Valid, not total document signed; Signature is Valid, total document signed"},
		{"two, one of them hidden from the form", listed.Bytes, roots, []one{{"yes", "no", "trusted"}, {"yes", "yes", "trusted"}}, false, "Signature is Valid, total document signed"},
		{"changed between two signatures", between.Bytes, roots, []one{{"yes", "no", "trusted"}, {"yes", "yes", "trusted"}}, false,
			"Signature is Valid, not total document signed; Signature is Valid, total document signed"},
		{"two, then bytes appended", append(bytes.Clone(two.Bytes), '\n'), roots, []one{{"yes", "no", "trusted"}, {"yes", "no", "trusted"}}, true,
			"Signature is Valid, not total document signed; Signature is Valid, not total document signed"},
		{"no root entered", file, nil, []one{{"yes", "yes", "unknown"}}, false, "Signature is Valid, total document signed"},
		{"another root entered", file, []*x509.Certificate{signaturetest.NewOffice(t, leader).Root.Certificate}, []one{{"yes", "yes", "untrusted"}}, false, "Signature is Valid, total document signed"},
		{"RSA with SHA-1", paper(signaturetest.How{Digest: pkcs7.OIDDigestAlgorithmSHA1}).Bytes, roots, []one{{"yes", "yes", "trusted"}}, false, "Signature is Valid, total document signed"},
		{"RSA with SHA-512", paper(signaturetest.How{Digest: pkcs7.OIDDigestAlgorithmSHA512}).Bytes, roots, []one{{"yes", "yes", "trusted"}}, false, "Signature is Valid, total document signed"},
		{"ECDSA P-256", signaturetest.NewPaper("Giay moi").Sign(t, clerk, signaturetest.How{}).Bytes, roots, []one{{"yes", "yes", "trusted"}}, false, "Signature is Valid, total document signed"},
		{"RSA-PSS", paper(signaturetest.How{PSS: true}).Bytes, roots, []one{{"unchecked", "yes", "trusted"}}, false, "Signature is Invalid, total document signed"},
		{"no signature", signaturetest.NewPaper("Giay moi").Bytes, roots, nil, false, ""},
	} {
		t.Run(trial.name, func(t *testing.T) {
			found, err := signature.Read(t.Context(), trial.file, trial.roots)
			if err != nil {
				t.Fatal(err)
			}
			var got []one
			for _, s := range found {
				got = append(got, one{string(s.Intact), string(s.Whole), string(s.Chain)})
			}
			if fmt.Sprint(got) != fmt.Sprint(trial.want) || signature.Broken(found) != trial.broken {
				t.Errorf("%v, broken %v; wanted %v, %v", got, signature.Broken(found), trial.want, trial.broken)
			}
			if _, err := exec.LookPath("pdfsig"); err != nil {
				if os.Getenv("CI") == "true" {
					t.Error("pdfsig is missing: apt install poppler-utils")
				}
				return
			}
			if said := pdfsig(t, trial.file); said != trial.pdfsig {
				t.Errorf("pdfsig says %q, not %q", said, trial.pdfsig)
			}
		})
	}
}

func readOne(t *testing.T, file []byte, roots ...*x509.Certificate) signature.Signature {
	t.Helper()
	found, err := signature.Read(t.Context(), file, roots)
	if err != nil || len(found) != 1 {
		t.Fatalf("%d signatures, %v", len(found), err)
	}
	return found[0]
}

func TestTheFourAnswersStandApartInWords(t *testing.T) {
	office := signaturetest.NewOffice(t, leader)
	root := office.Root.Certificate
	said := func(s signature.Signature) string {
		all := ""
		for _, line := range s.Words() {
			all += line.Name + ": " + line.Words + "\n"
		}
		return all
	}
	paper := func(by *signaturetest.Person, how signaturetest.How) []byte {
		return signaturetest.NewPaper("Giay moi").Sign(t, by, how).Bytes
	}
	whole := readOne(t, paper(office.Leader, signaturetest.How{}), root)
	for _, want := range []string{leader + " (Ban Tuyên giáo Tỉnh ủy), chứng thư do Cơ quan cấp thử nghiệm cấp", "Ký toàn bộ tệp.", "giờ do máy người ký khai",
		"dẫn về một chứng thư gốc đã nạp", "thu hồi hay không: chưa kiểm"} {
		if !strings.Contains(said(whole), want) {
			t.Errorf("%q is missing in\n%s", want, said(whole))
		}
	}
	if whole.Problem() != "" || whole.Valid != signature.Yes {
		t.Errorf("nothing is wrong: %+v", whole)
	}
	ended := readOne(t, paper(office.Sub.IssueUntil(t, leader, time.Now().Add(-24*time.Hour)), signaturetest.How{}), root)
	if ended.Intact != signature.Yes || ended.Chain != signature.Trusted || ended.Valid != signature.No || !strings.Contains(ended.Problem(), "thời hạn") {
		t.Errorf("a certificate that had ended breaks nothing else: %+v", ended)
	}
	stamped := readOne(t, paper(office.Leader, signaturetest.How{Stamp: office.Leader}), root)
	if !stamped.Stamped || !stamped.At.Equal(signaturetest.StampTime) || !strings.Contains(said(stamped), "giờ theo dấu thời gian") {
		t.Errorf("the time of a stamp that leads to a root: %+v", stamped)
	}
	forged := readOne(t, paper(office.Leader, signaturetest.How{Stamp: signaturetest.NewOffice(t, "Ai đó").Leader}), root)
	if forged.Stamped || forged.At.Equal(signaturetest.StampTime) {
		t.Errorf("a stamp of anybody is no time: %+v", forged)
	}
	dictionary := readOne(t, paper(office.Leader, signaturetest.How{NoTime: true, SubFilter: "ETSI.CAdES.detached", Declared: "D:20260105093000+07'00'"}), root)
	if dictionary.Intact != signature.Yes || dictionary.At.UTC().Format(time.RFC3339) != "2026-01-05T02:30:00Z" {
		t.Errorf("the time that stands in the dictionary: %+v", dictionary)
	}
	silent := readOne(t, paper(office.Leader, signaturetest.How{NoTime: true}), root)
	if !silent.At.IsZero() || silent.Valid != signature.Unchecked || silent.Chain != signature.Trusted || silent.Problem() != "" {
		t.Errorf("no time is declared: %+v", silent)
	}
	if s := readOne(t, paper(office.Leader, signaturetest.How{PSS: true}), root); !strings.Contains(s.Problem(), "Không kiểm được loại chữ ký này") {
		t.Errorf("RSA-PSS is not called wrong: %q", s.Problem())
	}
}

func TestAFileAsksNoMoreThanItMay(t *testing.T) {
	for name, file := range map[string][]byte{
		"no PDF":             []byte("PK\x03\x04"),
		"larger than read":   append([]byte("%PDF-1.7"), make([]byte, signature.MostBytes)...),
		"too many":           append([]byte("%PDF-1.7"), bytes.Repeat([]byte("/ByteRange [0 1 3 1]"), 21)...),
		"too many, unparsed": append([]byte("%PDF-1.7"), bytes.Repeat([]byte("/ByteRange"), 1_000_000)...),
	} {
		if found, err := signature.Read(t.Context(), file, nil); err == nil {
			t.Errorf("%s: %d signatures", name, len(found))
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := signature.Read(gone, []byte("%PDF-1.7 /ByteRange [0 1 3 1]"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits: %v", err)
	}
	// What overlaps would be read twice at every level, what is nested without end copied at every level.
	overlapping := bytes.Repeat([]byte{0x30, 0x02, 0x30, 0x7f}, 60)
	for name, message := range map[string][]byte{"overlapping": overlapping, "nested": bytes.Repeat([]byte{0x30, 0x80}, 200_000)} {
		began := time.Now()
		if s := readOne(t, holding(message)); s.Intact != signature.No || s.Problem() == "" {
			t.Errorf("%s: %+v", name, s)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

// holding is a file whose signature is a message.
func holding(message []byte) []byte {
	head := "%PDF-1.7 1 0 obj << /ByteRange [0 0000000000 0000000000 0000000000] /Contents "
	file := fmt.Appendf(nil, "%s<%x> >> endobj", head, message)
	rest := len(head) + 2*len(message) + 2
	copy(file[bytes.Index(file, []byte("/ByteRange")):], fmt.Sprintf("/ByteRange [0 %010d %010d %010d]", len(head), rest, len(file)-rest))
	return file
}

func FuzzRead(f *testing.F) {
	office := signaturetest.NewOffice(f, leader)
	root := office.Root.Certificate
	message := func(file []byte) []byte {
		at := bytes.Index(file, []byte("/Contents <")) + len("/Contents <")
		var der []byte
		fmt.Sscanf(string(file[at:at+signaturetest.Digits]), "%x", &der)
		return der
	}
	for _, how := range []signaturetest.How{{}, {Stamp: office.Leader}, {PSS: true}, {NoTime: true, Declared: "D:20260105093000Z"}} {
		file := signaturetest.NewPaper("Giay moi").Sign(f, office.Leader, how).Bytes
		f.Add(file, []byte{})
		f.Add([]byte{}, message(file))
	}
	f.Add([]byte("%PDF-1.7 /ByteRange [0 10 9999999999 9999999999]"), []byte{0x30, 0x80})
	f.Fuzz(func(t *testing.T, file, message []byte) {
		if len(message) > 0 && len(message) < 1<<18 {
			file = holding(message)
		}
		found, err := signature.Read(t.Context(), file, []*x509.Certificate{root})
		if err != nil {
			return
		}
		for _, s := range found {
			for _, line := range s.Words() {
				if line.Words == "" || line.Answer == "" {
					t.Errorf("%s says nothing of %+v", line.Name, s)
				}
			}
			if s.Intact != signature.Yes && s.Problem() == "" {
				t.Errorf("nothing is said of %+v", s)
			}
		}
	})
}
