package signature

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"strings"
	"time"

	"github.com/smallstep/pkcs7"
)

// check answers from the message that stands in the signature, and what it covers.
func (one *Signature) check(message, content []byte, roots []*x509.Certificate) {
	if len(message) > 0 && message[0] == 0x04 {
		one.cannot("Chữ ký thuộc kiểu cũ (x509.rsa_sha1); chương trình không kiểm được loại chữ ký này.")
		return
	}
	p7, signer, err := parse(message)
	if err != nil {
		one.Fault = "Không đọc được chữ ký: các byte của chữ ký đã hỏng hoặc đã bị xóa."
		return
	}
	one.Signer, one.From = signer.Subject.CommonName, strings.Join(signer.Subject.Organization, ", ")
	one.Issuer, one.Serial = signer.Issuer.CommonName, signer.SerialNumber.Text(16)
	var said time.Time
	if p7.UnmarshalSignedAttribute(pkcs7.OIDAttributeSigningTime, &said) == nil {
		one.At = said
	}
	stamp, isStamp := stampOf(p7)
	switch {
	case isStamp: // a time stamp over the whole paper: it signs the digest of what it covers
		one.At = stamp.GenTime
		err = verify(p7, signer, p7.Content)
		if err == nil {
			err = stamp.covers(content)
		}
	case len(p7.Content) > 0:
		one.cannot("Chữ ký thuộc kiểu cũ (mang theo mã băm của tệp); chương trình không kiểm được loại chữ ký này.")
		return
	default:
		err = verify(p7, signer, content)
	}
	switch {
	case err == nil:
		one.Intact = Yes
	case unsupported(err):
		one.cannot("Không kiểm được loại chữ ký này (thuật toán mà chương trình chưa đọc được).")
	default:
		one.Fault = "Phần đã ký đã bị sửa sau khi ký."
	}
	one.Chain = chainOf(signer, p7.Certificates, one.At, roots, x509.ExtKeyUsageAny)
	if isStamp {
		one.Stamped = one.Intact == Yes && one.Chain == Trusted
	} else if at, ok := stampedAt(p7, roots); ok {
		one.At, one.Stamped = at, true
	}
	if !one.At.IsZero() {
		one.Valid = Yes
		if one.At.Before(signer.NotBefore) || one.At.After(signer.NotAfter) {
			one.Valid = No
		}
	}
}

func (one *Signature) cannot(why string) { one.Intact, one.Fault = Unchecked, why }

var errMessage = errors.New("message of a signature cannot be read")

// parse reads a message with one signer whose certificate comes with it. The parser reads other people's bytes: it is
// given only what is properly nested, for what overlaps would be read again and again, and no key that takes minutes.
func parse(message []byte) (p7 *pkcs7.PKCS7, signer *x509.Certificate, err error) {
	size, ok := element(message, 0)
	if !ok {
		return nil, nil, errMessage
	}
	defer func() {
		if recover() != nil {
			p7, signer, err = nil, nil, errMessage
		}
	}()
	if p7, err = pkcs7.Parse(message[:size]); err != nil { // what follows is filled up with zeros
		return nil, nil, err
	}
	if len(p7.Signers) != 1 {
		return nil, nil, errMessage
	}
	for _, c := range p7.Certificates {
		if key, ok := c.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() > 16384 {
			return nil, nil, errMessage
		}
	}
	if signer = p7.GetOnlySigner(); signer == nil {
		return nil, nil, errMessage
	}
	return p7, signer, nil
}

// element gives the size of the BER element at the beginning; ok is false when its parts do not lie within it, or lie
// deeper than any message.
func element(ber []byte, depth int) (size int, ok bool) {
	at := 1
	if len(ber) > 0 && ber[0]&0x1f == 0x1f {
		for at < len(ber) && ber[at] >= 0x80 {
			at++
		}
		at++
	}
	if depth > 40 || at >= len(ber) {
		return 0, false
	}
	length, constructed := int(ber[at]), ber[0]&0x20 != 0
	at++
	if length == 0x80 {
		for constructed {
			n, ok := element(ber[at:], depth+1)
			if at += n; !ok || at+2 > len(ber) {
				return 0, false
			}
			if ber[at] == 0 && ber[at+1] == 0 {
				return at + 2, true
			}
		}
		return 0, false
	}
	if length > 0x80 {
		bytes := length & 0x7f
		if bytes > 4 || at+bytes > len(ber) {
			return 0, false
		}
		length = 0
		for _, b := range ber[at : at+bytes] {
			length = length<<8 | int(b)
		}
		at += bytes
	}
	if length < 0 || length > len(ber)-at {
		return 0, false
	}
	end := at + length
	for constructed && at < end {
		n, ok := element(ber[at:end], depth+1)
		if !ok {
			return 0, false
		}
		at += n
	}
	return end, true
}

// verify compares digest and signature. Whether the certificate held at the time is a question of its own, so here it
// holds for ever.
func verify(p7 *pkcs7.PKCS7, signer *x509.Certificate, content []byte) (err error) {
	defer func() {
		if recover() != nil {
			err = errMessage
		}
	}()
	always := *signer
	always.NotBefore, always.NotAfter = time.Time{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	look := *p7
	look.Certificates, look.Content = []*x509.Certificate{&always}, content
	return look.Verify()
}

// unsupported tells what this program cannot read, such as RSA-PSS, from what is wrong.
func unsupported(err error) bool {
	var weak x509.InsecureAlgorithmError
	return errors.Is(err, pkcs7.ErrUnsupportedAlgorithm) || errors.Is(err, x509.ErrUnsupportedAlgorithm) || errors.As(err, &weak) ||
		strings.HasPrefix(err.Error(), "pkcs7: unsupported") // the module has no error of its own for this one
}

// chainOf follows the certificates to one that was entered, at the declared time as far as the certificate held then.
func chainOf(signer *x509.Certificate, brought []*x509.Certificate, at time.Time, roots []*x509.Certificate, use x509.ExtKeyUsage) Chain {
	if len(roots) == 0 {
		return Unknown
	}
	o := x509.VerifyOptions{Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool(), KeyUsages: []x509.ExtKeyUsage{use}, CurrentTime: at}
	if at.IsZero() || at.After(signer.NotAfter) {
		o.CurrentTime = signer.NotAfter
	} else if at.Before(signer.NotBefore) {
		o.CurrentTime = signer.NotBefore
	}
	for _, c := range roots {
		o.Roots.AddCert(c)
	}
	for _, c := range brought {
		o.Intermediates.AddCert(c)
	}
	if _, err := signer.Verify(o); err != nil {
		return Untrusted
	}
	return Trusted
}

// timeStamp is what a time stamp of RFC 3161 says.
type timeStamp struct {
	Version int
	Policy  asn1.ObjectIdentifier
	Imprint struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}
	Serial  *big.Int
	GenTime time.Time `asn1:"generalized"`
}

var (
	contentStamp   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	attributeStamp = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
)

// stampOf reads a message as a time stamp.
func stampOf(p7 *pkcs7.PKCS7) (s timeStamp, ok bool) {
	var kind asn1.ObjectIdentifier
	if p7.UnmarshalSignedAttribute(pkcs7.OIDAttributeContentType, &kind) != nil || !kind.Equal(contentStamp) {
		return s, false
	}
	_, err := asn1.Unmarshal(p7.Content, &s)
	return s, err == nil
}

// covers compares the digest that a time stamp signs.
func (s timeStamp) covers(content []byte) error {
	for _, known := range []struct {
		named asn1.ObjectIdentifier
		hash  crypto.Hash
	}{
		{pkcs7.OIDDigestAlgorithmSHA1, crypto.SHA1}, {pkcs7.OIDDigestAlgorithmSHA256, crypto.SHA256},
		{pkcs7.OIDDigestAlgorithmSHA384, crypto.SHA384}, {pkcs7.OIDDigestAlgorithmSHA512, crypto.SHA512},
	} {
		if s.Imprint.Algorithm.Algorithm.Equal(known.named) {
			h := known.hash.New()
			h.Write(content)
			if digest := h.Sum(nil); !bytes.Equal(digest, s.Imprint.Digest) {
				return &pkcs7.MessageDigestMismatchError{ExpectedDigest: s.Imprint.Digest, ActualDigest: digest}
			}
			return nil
		}
	}
	return pkcs7.ErrUnsupportedAlgorithm
}

// stampedAt is the time of the time stamp on a signature. One that leads to no certificate entered here is worth no more
// than the clock of the signer's machine.
func stampedAt(p7 *pkcs7.PKCS7, roots []*x509.Certificate) (at time.Time, ok bool) {
	for _, a := range p7.Signers[0].UnauthenticatedAttributes {
		if !a.Type.Equal(attributeStamp) {
			continue
		}
		token, by, err := parse(a.Value.Bytes)
		if err != nil {
			continue
		}
		stamp, isStamp := stampOf(token)
		if !isStamp || cmp.Or(verify(token, by, token.Content), stamp.covers(p7.Signers[0].EncryptedDigest)) != nil {
			continue
		}
		if chainOf(by, token.Certificates, stamp.GenTime, roots, x509.ExtKeyUsageTimeStamping) == Trusted {
			return stamp.GenTime, true
		}
	}
	return time.Time{}, false
}
