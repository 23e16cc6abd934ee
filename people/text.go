package people

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"giaoban/internal/fold"
)

// line is one line of typed text as it is kept.
func line(s string) string { return strings.Join(strings.Fields(fold.Clean(s)), " ") }

// secretLength is how long every secret is.
const secretLength = 43

// secret is 32 bytes of chance as text: 43 characters that fit in a cookie and a header.
func secret() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// digest is what is kept of a secret, so that whoever reads the database cannot sign in with it.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
