#include "pure/model/event.h"
