package people

import (
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/fault"
	"giaoban/internal/fold"

	"golang.org/x/crypto/argon2"
)

// cost is what argon2id spends on one password. 19 MiB and two passes are the least that OWASP's password storage
// cheat sheet asks for; the office's machine has few cores, and two hashes at once stay below 40 MiB.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var usual = cost{memory: 19 * 1024, passes: 2, threads: 1}

const (
	saltBytes = 16
	keyBytes  = 32
	// ShortestPassword in characters. Length is what guessing costs; classes of characters only make people write
	// passwords down, so none are asked for.
	ShortestPassword = 12
	longestPassword  = 1024 // bytes: hashing must not become a way to keep the machine busy
)

// HashPassword gives the PHC string to keep. It takes some 40 ms and never runs inside a transaction.
func HashPassword(password string) (string, error) {
	if len(password) > longestPassword {
		return "", fault.Invalid("password", "Mật khẩu quá dài; tối đa %d ký tự.", longestPassword)
	}
	if !hashing.enter(time.Minute) {
		return "", errBusy()
	}
	defer hashing.leave()
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	return usual.phc(salt, usual.key(password, salt, keyBytes)), nil
}

func (c cost) key(password string, salt []byte, length uint32) []byte {
	// The same word typed on two keyboards may come composed or decomposed.
	return argon2.IDKey([]byte(fold.NFC(password)), salt, c.passes, c.memory, c.threads, length)
}

func (c cost) phc(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

var errNoHash = errors.New("people: the stored password is no argon2id string")

// readPHC takes a PHC string apart. The costs are bounded, so that a damaged row cannot take all memory.
func readPHC(s string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errNoHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); n != 3 || err != nil {
		return c, nil, nil, errNoHash
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(salt) > 64 || len(key) < 16 || len(key) > 64 ||
		c.memory < 8 || c.memory > 256*1024 || c.passes < 1 || c.passes > 16 || c.threads < 1 || c.threads > 16 {
		return c, nil, nil, errNoHash
	}
	return c, salt, key, nil
}

// same compares in constant time.
func same(phc, password string) bool {
	c, salt, key, err := readPHC(phc)
	if err != nil || len(password) > longestPassword {
		return false
	}
	return subtle.ConstantTimeCompare(c.key(password, salt, uint32(len(key))), key) == 1
}

// nobodysHash is what a password is compared with when there is no account: the answer takes as long as with one.
var nobodysHash = sync.OnceValue(func() string {
	salt, key := make([]byte, saltBytes), make([]byte, keyBytes)
	rand.Read(salt)
	rand.Read(key)
	return usual.phc(salt, key)
})

// slots lets two hashes run at a time and a bounded number wait: signing in must not starve everything else.
type slots struct {
	running chan struct{}
	waiting atomic.Int32
}

const mostWaiting = 200 // at 40 ms each, two at a time, the last of them waits four seconds

var hashing = slots{running: make(chan struct{}, 2)}

func (s *slots) enter(patience time.Duration) bool {
	select {
	case s.running <- struct{}{}:
		return true
	default:
	}
	if s.waiting.Add(1) > mostWaiting {
		s.waiting.Add(-1)
		return false
	}
	defer s.waiting.Add(-1)
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case s.running <- struct{}{}:
		return true
	case <-timer.C:
		return false
	}
}

func (s *slots) leave() { <-s.running }

func errBusy() error {
	return fault.Busy("Đang có quá nhiều người đăng nhập cùng lúc. Xin thử lại sau ít giây.")
}

//go:embed common.txt
var commonList string

// common holds the words around which people build the passwords that are tried first, without marks and spaces.
var common = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for _, w := range strings.Fields(commonList) {
		words[w] = true
	}
	return words
})

// CheckPassword says what is wrong with a new password: too short, built on a word that is tried first, on the login,
// or on a run of keys. There is no rule on kinds of characters and none on age.
func CheckPassword(password, login string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < ShortestPassword:
		return fault.Invalid("password", "Mật khẩu cần ít nhất %d ký tự (đang có %d). Một câu ngắn dễ nhớ là đủ.", ShortestPassword, n)
	case len(password) > longestPassword:
		return fault.Invalid("password", "Mật khẩu quá dài; tối đa %d ký tự.", longestPassword)
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return fault.Invalid("password", "Mật khẩu có ký tự điều khiển không gõ lại được. Xin chọn mật khẩu khác.")
	}
	folded := strings.ReplaceAll(fold.Fold(password), " ", "")
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, folded)
	login = fold.Fold(login)
	switch {
	case len(login) >= 3 && strings.Contains(folded, login) && len(folded)-len(login) < ShortestPassword-4:
		return fault.Invalid("password", "Mật khẩu dựa trên tên đăng nhập nên dễ đoán. Xin chọn mật khẩu khác.")
	case builtOf(letters):
		return fault.Invalid("password", "Mật khẩu này nằm trong số những mật khẩu hay bị thử đầu tiên. Xin chọn một câu của riêng mình.")
	case runs(folded):
		return fault.Invalid("password", "Mật khẩu chỉ là một dãy phím hoặc ký tự lặp lại nên dễ đoán. Xin chọn mật khẩu khác.")
	}
	return nil
}

// builtOf reports whether the letters are nothing but common words in a row, as in "matkhau" or "adminadmin".
func builtOf(letters string) bool {
	if letters == "" {
		return false
	}
	reached := make([]bool, len(letters)+1)
	reached[0] = true
	for i := range letters {
		if !reached[i] {
			continue
		}
		for j := i + 2; j <= len(letters) && j-i <= 20; j++ {
			if common()[letters[i:j]] {
				reached[j] = true
			}
		}
	}
	return reached[len(letters)]
}

var keyRows = []string{"1234567890", "0987654321", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "0123456789"}

// runs reports whether nearly every character follows from the one before it: a repeat or the neighbour on a row of
// keys. A repeated chunk such as "abc1abc1abc1" counts as well.
func runs(s string) bool {
	if len(s) == 0 {
		return true
	}
	for chunk := 1; chunk <= 4; chunk++ {
		if len(s) > chunk && strings.HasPrefix(strings.Repeat(s[:chunk], len(s)/chunk+1), s) {
			return true
		}
	}
	steps := 0
	for i := 1; i < len(s); i++ {
		pair := s[i-1 : i+1]
		for _, row := range keyRows {
			if s[i-1] == s[i] || strings.Contains(row, pair) {
				steps++
				break
			}
		}
	}
	return steps*10 >= (len(s)-1)*8
}
