set(MORE more/b.cc)
