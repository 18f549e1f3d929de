#include "io/store/log.h"
