; The uninstaller of the setup.

Section "un.${NAME}" UnProgram
  SectionIn RO
SectionEnd

Section /o "un.$(DELETE_DATA)" UnData
SectionEnd

Section "-un.all"
  ${GetFileName} "$INSTDIR" $0
  ${If} $0 != "${NAME}"
    !insertmacro Fail "un." "$(un.FOLDER_OF_OTHERS)$\r$\n$INSTDIR" 5
  ${EndIf}
  InitPluginsDir
  SetOutPath "$PLUGINSDIR"
  File /oname=closing.exe "${CLOSING}"
  ExecWait '"$PLUGINSDIR\closing.exe" "$INSTDIR"' $Ran
  ${If} $Ran = 2
    !insertmacro Fail "un." "$(un.STILL_RUNS)" 7
  ${EndIf}
  ${If} ${SectionIsSelected} ${UnData}
    nsExec::Exec '"$INSTDIR\${COMMAND_LINE}" delete-everything --yes'
    Pop $0
    RMDir /r "$LOCALAPPDATA\${NAME}"
  ${EndIf}
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  ${If} $0 == '"$INSTDIR\${WINDOW}"'
    DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
    DeleteRegValue HKCU "${APPROVED_KEY}" "${NAME}"
  ${EndIf}
  Delete "$SMPROGRAMS\${NAME}.lnk"
  RMDir /r "$INSTDIR"
  ${If} ${FileExists} "$INSTDIR\*.*"
    !insertmacro Fail "un." "$(un.LEFT_BEHIND)$\r$\n$INSTDIR" 7
  ${EndIf}
  RMDir /r "$INSTDIR.new"
  RMDir /r "$INSTDIR.old"
  !insertmacro RemoveAbove "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd

Function un.onInit
  SetShellVarContext current
  SetRegView 64
  ; By whichever path this was started, short or long: the folder is called as the setup called it.
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${GetFileName} "$0" $1
  ${If} $1 == "${NAME}"
  ${AndIf} ${FileExists} "$0\uninstall.exe"
    StrCpy $INSTDIR "$0"
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} "$0" "/DELETEDATA" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${UnData}
  ${EndIf}
FunctionEnd
