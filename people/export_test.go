package people

// ReadableHash lets the fuzz test reach readPHC.
func ReadableHash(phc string) error {
	_, _, _, err := readPHC(phc)
	return err
}
