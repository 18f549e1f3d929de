#include "base/text.h"
#include "pure/model/event.h"
#include "pure/promise/parse.h"
