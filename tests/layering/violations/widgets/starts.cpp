// SPDX-License-Identifier: GPL-3.0-only

#include "engine/run/watched_run.h"
