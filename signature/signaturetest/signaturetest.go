// Package signaturetest makes what tests of signatures need: authorities, persons with certificates, and PDFs that they
// sign one after the other, as the program of a token does it.
package signaturetest

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"
)

// Person is who holds a certificate: an authority, or one that signs.
type Person struct {
	Certificate *x509.Certificate
	Key         crypto.Signer
	above       []*x509.Certificate // from the issuer up, without the root
}

// Office is a chain of certificates: the root, what it issued to an authority below, and a person.
type Office struct{ Root, Sub, Leader *Person }

var serial = int64(1000)

// NewOffice makes a chain whose person has the name.
func NewOffice(t testing.TB, leader string) Office {
	t.Helper()
	root := issue(t, nil, pkix.Name{CommonName: "Gốc thử nghiệm", Organization: []string{"Cục Chứng thực thử"}}, rsaKey(t), time.Now().Add(10*365*24*time.Hour))
	sub := issue(t, root, pkix.Name{CommonName: "Cơ quan cấp thử nghiệm"}, rsaKey(t), time.Now().Add(5*365*24*time.Hour))
	return Office{root, sub, sub.Issue(t, leader, rsaKey(t))}
}

// Issue gives a certificate for a year to who signs with the key.
func (p *Person) Issue(t testing.TB, name string, key crypto.Signer) *Person {
	t.Helper()
	return issue(t, p, pkix.Name{CommonName: name, Organization: []string{"Ban Tuyên giáo Tỉnh ủy"}}, key, time.Now().Add(365*24*time.Hour))
}

// IssueUntil gives a certificate that ends with a day.
func (p *Person) IssueUntil(t testing.TB, name string, end time.Time) *Person {
	t.Helper()
	return issue(t, p, pkix.Name{CommonName: name}, rsaKey(t), end)
}

// PEM is the certificate as an administrator gets it.
func (p *Person) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate.Raw}))
}

func rsaKey(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// Curve makes a key on P-256.
func Curve(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func issue(t testing.TB, by *Person, name pkix.Name, key crypto.Signer, end time.Time) *Person {
	t.Helper()
	serial++
	c := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: name, NotBefore: time.Now().Add(-3 * 365 * 24 * time.Hour), NotAfter: end,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection, x509.ExtKeyUsageTimeStamping}}
	if by == nil || by.Certificate.Issuer.CommonName == by.Certificate.Subject.CommonName {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage, c.ExtKeyUsage = true, true, x509.KeyUsageCertSign, nil
	}
	parent, signer := c, key
	if by != nil {
		parent, signer = by.Certificate, by.Key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	p := &Person{Certificate: made, Key: key}
	if by != nil && by.Certificate.Issuer.CommonName != by.Certificate.Subject.CommonName {
		p.above = append([]*x509.Certificate{by.Certificate}, by.above...)
	}
	return p
}

// Paper is a PDF in the making.
type Paper struct {
	Bytes  []byte
	Hidden bool // the form lists only the next signature, not those before
	next   int
	before int // where the last table of objects stands
	fields []int
}

// Numbers of the objects of a paper: its catalogue, its tree, its page, what the page shows, and who made it.
const (
	catalogue = 1 + iota
	tree
	page
	shown
	made
	firstFree
)

// NewPaper is a paper of one page that shows the words.
func NewPaper(words string) *Paper {
	p := &Paper{Bytes: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), next: firstFree}
	p.Update(map[int]string{
		catalogue: "<< /Type /Catalog /Pages 2 0 R >>",
		tree:      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		page:      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
		shown:     stream(words),
		made:      "<< /Producer (Van phong thu) >>",
	})
	return p
}

func stream(words string) string {
	show := "BT /F 12 Tf 72 720 Td (" + words + ") Tj ET"
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(show), show)
}

// Show replaces what the page shows by an update behind the file, as a forger does it.
func (p *Paper) Show(words string) { p.Update(map[int]string{shown: stream(words)}) }

// Update adds objects, the table that tells where they stand, and the end of the file.
func (p *Paper) Update(objects map[int]string) {
	var table bytes.Buffer
	fmt.Fprint(&table, "xref\n0 1\n0000000000 65535 f \n")
	for _, n := range slices.Sorted(maps.Keys(objects)) {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", n, len(p.Bytes))
		p.Bytes = fmt.Appendf(p.Bytes, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	previous := ""
	if p.before > 0 {
		previous = fmt.Sprintf(" /Prev %d", p.before)
	}
	p.before = len(p.Bytes)
	p.Bytes = fmt.Appendf(p.Bytes, "%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R%s >>\nstartxref\n%d\n%%%%EOF\n", table.String(), p.next, previous, p.before)
}

// How is one way to sign; the zero value is the usual one.
type How struct {
	SubFilter string                // "": adbe.pkcs7.detached
	Digest    asn1.ObjectIdentifier // nil: SHA-256
	PSS       bool                  // RSA-PSS
	Stamp     *Person               // whose time stamp goes with it
	Declared  string                // in the dictionary: "D:20260105093000+07'00'"
	NoTime    bool                  // not in the message
}

// Digits are how many the place of a signature holds.
const Digits = 16384

// Sign adds the person's signature over the whole file.
func (p *Paper) Sign(t testing.TB, by *Person, how How) *Paper {
	t.Helper()
	signature, field := p.next, p.next+1
	p.next += 2
	if p.Hidden {
		p.fields = nil
	}
	p.fields = append(p.fields, field)
	list := ""
	for _, f := range p.fields {
		list += fmt.Sprintf("%d 0 R ", f)
	}
	if how.SubFilter == "" {
		how.SubFilter = "adbe.pkcs7.detached"
	}
	if how.Declared != "" {
		how.Declared = " /M (" + how.Declared + ")"
	}
	const ranges = "/ByteRange [0 0000000000 0000000000 0000000000]"
	begins := len(p.Bytes)
	p.Update(map[int]string{
		catalogue: "<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [" + list + "] >> >>",
		signature: fmt.Sprintf("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /%s%s %s /Contents <%s> >>", how.SubFilter, how.Declared, ranges,
			bytes.Repeat([]byte("0"), Digits)),
		field: fmt.Sprintf("<< /FT /Sig /Type /Annot /Subtype /Widget /T (Ky%d) /V %d 0 R /Rect [0 0 0 0] /P 3 0 R /F 132 >>", field, signature),
	})
	hole := begins + bytes.Index(p.Bytes[begins:], []byte("/Contents <00")) + len("/Contents ")
	rest := hole + Digits + 2
	at := begins + bytes.Index(p.Bytes[begins:], []byte(ranges))
	copy(p.Bytes[at:], fmt.Sprintf("/ByteRange [0 %010d %010d %010d]", hole, rest, len(p.Bytes)-rest))
	message := by.message(t, slices.Concat(p.Bytes[:hole], p.Bytes[rest:]), how)
	hex.Encode(p.Bytes[hole+1:rest-1], message)
	return p
}

func (p *Person) message(t testing.TB, content []byte, how How) []byte {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	message, err := pkcs7.NewSignedData(content)
	must(err)
	if how.Digest == nil {
		how.Digest = pkcs7.OIDDigestAlgorithmSHA256
	}
	message.SetDigestAlgorithm(how.Digest)
	must(message.AddSignerChain(p.Certificate, p.Key, p.above, pkcs7.SignerInfoConfig{}))
	message.Detach()
	info := &message.GetSignedData().SignerInfos[0]
	if how.NoTime {
		for i, a := range info.AuthenticatedAttributes {
			if a.Type.Equal(pkcs7.OIDAttributeSigningTime) {
				info.AuthenticatedAttributes = slices.Delete(info.AuthenticatedAttributes, i, i+1)
				break
			}
		}
	}
	signed, err := asn1.MarshalWithParams(info.AuthenticatedAttributes, "set")
	must(err)
	digest := sha256.Sum256(signed)
	if how.PSS {
		info.DigestEncryptionAlgorithm = pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}}
		info.EncryptedDigest, err = p.Key.Sign(rand.Reader, digest[:], &rsa.PSSOptions{SaltLength: 32, Hash: crypto.SHA256})
		must(err)
	} else if how.NoTime {
		info.EncryptedDigest, err = p.Key.Sign(rand.Reader, digest[:], crypto.SHA256)
		must(err)
	}
	if how.Stamp != nil {
		token := asn1.RawValue{FullBytes: how.Stamp.stamp(t, info.EncryptedDigest)}
		must(info.SetUnauthenticatedAttributes([]pkcs7.Attribute{{Type: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}, Value: token}}))
	}
	der, err := message.Finish()
	must(err)
	return der
}

// StampTime is the time of every stamp.
var StampTime = time.Now().Add(-time.Hour).UTC().Truncate(time.Second)

// stamp is a time stamp over what is given.
func (p *Person) stamp(t testing.TB, over []byte) []byte {
	t.Helper()
	digest := sha256.Sum256(over)
	info, err := asn1.Marshal(struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint struct {
			Algorithm pkix.AlgorithmIdentifier
			Digest    []byte
		}
		Serial *big.Int
		At     time.Time `asn1:"generalized"`
	}{1, asn1.ObjectIdentifier{1, 2, 3}, struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}{pkix.AlgorithmIdentifier{Algorithm: pkcs7.OIDDigestAlgorithmSHA256}, digest[:]}, big.NewInt(7), StampTime})
	if err != nil {
		t.Fatal(err)
	}
	token, err := pkcs7.NewSignedData(info)
	if err != nil {
		t.Fatal(err)
	}
	token.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	token.GetSignedData().ContentInfo.ContentType = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	if err := token.AddSignerChain(p.Certificate, p.Key, p.above, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	der, err := token.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return der
}
