/** What the address of a unit says where the form for a new recipient of its warnings is open. */
export const ADD_RECIPIENT = { do: 'recipient' };
