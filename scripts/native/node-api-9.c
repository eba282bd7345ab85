/*
 * Lets better-sqlite3's prebuilt addon, made for Node-API 10, run on a runtime with Node-API 9 (Electron 34 and older).
 *
 * The addon relies on one thing that version 9 lacks: a reference to a value that is neither object, function nor symbol
 * (nodejs.org/api/n-api.html, napi_create_reference, history). Such a value is put into a one-element holder here, and
 * the holder is what gets referenced. The reference is handed out with its lowest bit set, which marks it: references
 * are pointers to allocated objects, whose lowest bit is always clear.
 *
 * The copy of the addon that lies beside this library imports the three functions under names ending in an underscore
 * (scripts/setup/sqlite-binding.mjs renames them), so they resolve to the ones below. The addon uses no other function
 * that takes a reference. Nothing else of the addon is changed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_ref__ *napi_ref;
typedef enum { napi_ok = 0, napi_generic_failure = 9 } napi_status;
typedef enum { napi_symbol = 5, napi_object, napi_function, napi_external } napi_valuetype;

extern napi_status napi_typeof(napi_env, napi_value, napi_valuetype *);
extern napi_status napi_create_object(napi_env, napi_value *);
extern napi_status napi_set_element(napi_env, napi_value, uint32_t, napi_value);
extern napi_status napi_get_element(napi_env, napi_value, uint32_t, napi_value *);
extern napi_status napi_create_reference(napi_env, napi_value, uint32_t, napi_ref *);
extern napi_status napi_delete_reference(napi_env, napi_ref);
extern napi_status napi_get_reference_value(napi_env, napi_ref, napi_value *);

static int is_holder(napi_ref reference) { return (uintptr_t)reference & 1; }
static napi_ref marked(napi_ref reference) { return (napi_ref)((uintptr_t)reference | 1); }
static napi_ref unmarked(napi_ref reference) { return (napi_ref)((uintptr_t)reference & ~(uintptr_t)1); }

static int can_be_referenced(napi_valuetype type) {
  return type == napi_symbol || type == napi_object || type == napi_function || type == napi_external;
}

napi_status napi_create_referenc_(napi_env env, napi_value value, uint32_t count, napi_ref *result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (can_be_referenced(type)) return napi_create_reference(env, value, count, result);

  napi_value holder;
  status = napi_create_object(env, &holder);
  if (status == napi_ok) status = napi_set_element(env, holder, 0, value);
  if (status == napi_ok) status = napi_create_reference(env, holder, count, result);
  if (status == napi_ok) *result = marked(*result);
  return status;
}

napi_status napi_delete_referenc_(napi_env env, napi_ref reference) {
  return napi_delete_reference(env, unmarked(reference));
}

napi_status napi_get_reference_valu_(napi_env env, napi_ref reference, napi_value *result) {
  napi_status status = napi_get_reference_value(env, unmarked(reference), result);
  if (status != napi_ok || *result == NULL || !is_holder(reference)) return status;
  return napi_get_element(env, *result, 0, result);
}

int32_t node_api_module_get_api_version_v1(void) { return 9; }

/* The next library in the search order that has this function is the addon, which is linked to this one. */
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value (*initialise)(napi_env, napi_value);
  *(void **)&initialise = dlsym(RTLD_NEXT, "napi_register_module_v1");
  return initialise ? initialise(env, exports) : NULL;
}
