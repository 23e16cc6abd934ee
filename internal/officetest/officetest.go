// Package officetest lets tests look at files through LibreOffice, the other program that offices open them with.
package officetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// Profile is the folder with LibreOffice's settings for the tests of one package; the first start of a new one takes seconds.
func Profile() string {
	return filepath.Join(os.TempDir(), "lo_"+filepath.Base(os.Args[0]))
}

// Needs skips a test where a tool is missing, and one that needs LibreOffice in the quick check, too. make test, which installs the tools, lets no test be
// skipped.
func Needs(t testing.TB, tools ...string) {
	t.Helper()
	if testing.Short() && slices.Contains(tools, "soffice") {
		t.Skip("cần LibreOffice")
	}
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s không có trên máy này", tool)
		}
	}
}

// Run runs LibreOffice headless with the arguments.
func Run(t testing.TB, args ...string) {
	t.Helper()
	Needs(t, "soffice")
	args = append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(Profile()), "--headless"}, args...)
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}
