package backup

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"giaoban/internal/fault"

	"golang.org/x/crypto/argon2"
)

// SecretFolder, in the folder of data, is where secrets stand that must be read back: passwords of the database server,
// keys. The database itself keeps only hashes of such things.
const SecretFolder = "bi-mat"

// leftOut are the tables whose rows never enter a backup: a session is a signed-in person, and what is known of failed
// sign-ins belongs to the machine that saw them. After a restore everybody signs in again.
var leftOut = []string{"session", "sign_in_failure", "denial"}

// shortestPassphrase in bytes: who has the file may guess for years.
const shortestPassphrase = 12

// ReadPassphrase reads the file an office keeps apart from its backups.
func ReadPassphrase(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fault.Invalid("", "Tệp %s để người khác trên máy đọc được. Chạy: chmod 600 %s", name, name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	passphrase := strings.TrimRight(string(text), "\r\n")
	if len(passphrase) < shortestPassphrase {
		return nil, fault.Invalid("", "Mật khẩu gói trong %s quá ngắn; cần ít nhất %d ký tự.", name, shortestPassphrase)
	}
	return []byte(passphrase), nil
}

// secretsOf reads the secrets of an installation, by name.
func secretsOf(data string) (map[string][]byte, error) {
	entries, err := os.ReadDir(filepath.Join(data, SecretFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := make(map[string][]byte)
	for _, e := range entries {
		if !e.Type().IsRegular() {
			return nil, fault.Conflict("%s trong %s không phải là tệp thường; thư mục này chỉ giữ các tệp bí mật.", e.Name(), filepath.Join(data, SecretFolder))
		}
		if all[e.Name()], err = os.ReadFile(filepath.Join(data, SecretFolder, e.Name())); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// wrapped is what a set holds of secrets.
type wrapped struct {
	Salt []byte `json:"salt"`
	Data []byte `json:"data"` // nonce, JSON of the secrets by name, tag: AES-256-GCM
}

// sealer is the cipher under a passphrase. The costs belong to the format of the manifest; some 150 ms.
func sealer(passphrase, salt []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(argon2.IDKey(passphrase, salt, 3, 64*1024, 1, 32))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// wrap closes secrets for one set: its name is bound in, so that they fit no other.
func wrap(secrets map[string][]byte, passphrase []byte, set string) ([]byte, error) {
	plain, err := json.Marshal(secrets)
	if err != nil {
		return nil, err
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	c, err := sealer(passphrase, salt)
	if err != nil {
		return nil, err
	}
	return json.Marshal(wrapped{salt, c.Seal(nil, nil, plain, []byte(set))})
}

// unwrap opens them again.
func unwrap(text, passphrase []byte, set string) (map[string][]byte, error) {
	var w wrapped
	if err := json.Unmarshal(text, &w); err != nil {
		return nil, fault.Conflict("Tệp %s không đọc được.", secretsFile)
	}
	c, err := sealer(passphrase, w.Salt)
	if err != nil {
		return nil, err
	}
	plain, err := c.Open(nil, nil, w.Data, []byte(set))
	if err != nil {
		return nil, fault.Refused("Mật khẩu gói không đúng với bản sao lưu %s. Kiểm tra lại tệp --passphrase-file.", set)
	}
	var secrets map[string][]byte
	if err := json.Unmarshal(plain, &secrets); err != nil {
		return nil, err
	}
	for name := range secrets {
		if name != filepath.Base(name) || name == "." || name == ".." {
			return nil, fault.Conflict("Tệp %s có tên không hợp lệ.", secretsFile)
		}
	}
	return secrets, nil
}
