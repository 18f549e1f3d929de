#include "tests/oracle/evaluate.h"
