// SPDX-License-Identifier: Apache-2.0
int sleeper() { return wait_for(1); }
