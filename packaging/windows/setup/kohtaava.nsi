; The setup for people without IT: for one user, without administrator's rights.
;
; Everything is unpacked beside the installed folder first, and put in its place by renaming: whatever goes wrong, the
; folder is whole, the old one or the new one. release/windows/nsis.py says VERSION, FILES, ICON, CLOSING, MEGABYTES, OUT.
;
; Exit codes: 0 done, 1 cancelled, 2 a file could not be written, 3 a newer version is there, 4 it is installed for the
; whole computer, 5 the folder cannot be used, 6 too little room, 7 a program that runs cannot be closed, 8 too old a Windows.

Target amd64-unicode
!ifdef QUICK
  SetCompressor /SOLID zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define NAME "Kohtaava Desktop"
!define WINDOW "kohtaava-desktop.exe"
!define COMMAND_LINE "kohtaava.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
InstallDir "" ; .onInit chooses it, unless /D= does
AllowSkipFiles off
CRCCheck force
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME}: setup"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "Licensed under the EUPL-1.2"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Finnish"
!insertmacro MUI_LANGUAGE "Swedish"
!include texts.nsh

Var Ran ; what closing.exe said of the programs that ran: 17 where the window was among them
Var Moved
Var Before ; the folder in which it is installed, by the registry; nothing where it is not there
Var MadeAbove ; 1 where the folder above it was made for it

; Says one sentence: in a window, or on the standard output where no window is wanted.
!macro SayFunction UN
  Function ${UN}Say
    Exch $0
    Push $1
    ${If} ${Silent}
      System::Call 'kernel32::AttachConsole(i -1)'
      System::Call 'kernel32::GetStdHandle(i -11)p.r1'
      FileWrite $1 "$0$\r$\n"
    ${Else}
      MessageBox MB_OK|MB_ICONSTOP "$0"
    ${EndIf}
    Pop $1
    Pop $0
  FunctionEnd
!macroend
!insertmacro SayFunction ""
!insertmacro SayFunction "un."

; Ends before anything has been changed.
!macro Refuse TEXT CODE
  Push "${TEXT}"
  Call Say
  SetErrorLevel ${CODE}
  Quit
!macroend

; Ends in the middle: what was unpacked is thrown away, and the folder is as it was.
!macro Fail UN TEXT CODE
  Push "${TEXT}"
  Call ${UN}Say
  SetErrorLevel ${CODE}
  Abort "${TEXT}"
!macroend

; Renames a folder. A virus scanner may still hold what was written a moment ago: tried for five seconds.
!macro Move FROM TO
  StrCpy $Moved 0
  ${For} $R9 1 20
    ClearErrors
    Rename "${FROM}" "${TO}"
    ${IfNot} ${Errors}
      StrCpy $Moved 1
      ${Break}
    ${EndIf}
    Sleep 250
  ${Next}
!macroend

; The folder above FOLDER goes as well where the setup made it, unless something has come into it.
!macro RemoveAbove FOLDER
  ReadRegStr $R8 HKCU "${UNINSTALL_KEY}" "MadeAbove"
  ${If} $R8 == 1
    ${GetParent} "${FOLDER}" $R8
    RMDir "$R8"
  ${EndIf}
!macroend

Section "!${NAME}" Program
  SectionIn RO
  AddSize ${KILOBYTES}
  Call Unpack
  Call Close
  Call PutInPlace
  Call RemoveElsewhere
  Call Register
SectionEnd

Section /o "$(START_AT_SIGN_IN)" SignIn
SectionEnd

Section "-after"
  Call SetSignIn
  ${If} $Ran = 17
    Exec '"$INSTDIR\${WINDOW}"'
  ${EndIf}
SectionEnd

Function .onInit
  SetShellVarContext current
  SetRegView 64
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse "$(TOO_OLD_WINDOWS)" 8
  ${EndIf}
  ReadRegStr $0 HKLM "Software\Kohtaava\Desktop" "InstallDir"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\${COMMAND_LINE}"
    !insertmacro Refuse "$(FOR_ALL)" 4
  ${EndIf}
  Call ChooseFolder
  Call CheckVersion
  Call ReadSignIn
  ${If} ${Silent}
    Call CheckFolder
  ${EndIf}
FunctionEnd

; Where it is installed already, or the usual place. What the registry says counts only where the program is there: an
; entry that was left over would stand in the way for good.
Function ChooseFolder
  ReadRegStr $Before HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${IfNot} ${FileExists} "$Before\${COMMAND_LINE}"
  ${AndIfNot} ${FileExists} "$Before.old\${COMMAND_LINE}"
    StrCpy $Before ""
  ${EndIf}
  ${If} $INSTDIR != ""
    Return
  ${EndIf}
  StrCpy $INSTDIR $Before
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
  ${EndIf}
FunctionEnd

; The version that is there, by the registry or by the program itself, must not be newer.
Function CheckVersion
  StrCpy $0 ""
  ${If} $Before != ""
    ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${EndIf}
  ${If} $0 == ""
  ${AndIf} ${FileExists} "$INSTDIR\${WINDOW}"
    ${GetFileVersion} "$INSTDIR\${WINDOW}" $0
  ${EndIf}
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}.0" $1
    ${If} $1 = 1
      !insertmacro Refuse "$(NEWER) ($0)" 3
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ReadSignIn
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  ${If} $0 != ""
    !insertmacro SelectSection ${SignIn}
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} "$0" "/AUTOSTART=" $1
  ${If} ${Errors}
    Return
  ${EndIf}
  ${If} $1 == "1"
    !insertmacro SelectSection ${SignIn}
  ${Else}
    !insertmacro UnselectSection ${SignIn}
  ${EndIf}
FunctionEnd

; The folder is called as the product, so that it is nobody else's; it is not that of the meetings; and what is in it is ours.
Function CheckFolder
  ${GetFileName} "$INSTDIR" $0
  ${If} $0 != "${NAME}"
    StrCpy $INSTDIR "$INSTDIR\${NAME}"
  ${EndIf}
  ${If} $INSTDIR == "$LOCALAPPDATA\${NAME}"
    StrCpy $1 "$(FOLDER_OF_DATA)"
  ${ElseIf} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${COMMAND_LINE}"
    StrCpy $1 "$(FOLDER_OF_OTHERS)"
    ${DirState} "$INSTDIR" $2
    ${If} $2 = 0
      StrCpy $1 ""
    ${EndIf}
  ${Else}
    StrCpy $1 ""
  ${EndIf}
  ${If} $1 == ""
    Return
  ${EndIf}
  Push "$1$\r$\n$INSTDIR"
  Call Say
  SetErrorLevel 5
  ${If} ${Silent}
    Quit
  ${EndIf}
  Abort
FunctionEnd

; Unpacks everything into a folder beside the one that is installed.
Function Unpack
  ; An earlier setup was cut off between two renamings: what it had set aside is what is installed.
  ${IfNot} ${FileExists} "$INSTDIR\*.*"
  ${AndIf} ${FileExists} "$INSTDIR.old\${COMMAND_LINE}"
    !insertmacro Move "$INSTDIR.old" "$INSTDIR"
  ${EndIf}
  RMDir /r "$INSTDIR.new"
  ${GetParent} "$INSTDIR" $0
  ${IfNot} ${FileExists} "$0\*.*"
    StrCpy $MadeAbove 1
  ${ElseIf} $Before == $INSTDIR
    ReadRegStr $MadeAbove HKCU "${UNINSTALL_KEY}" "MadeAbove"
  ${EndIf}
  ClearErrors
  CreateDirectory "$INSTDIR.new"
  ${If} ${Errors}
    !insertmacro Fail "" "$(NO_RIGHTS)$\r$\n$INSTDIR" 5
  ${EndIf}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR.new", *l.r1, *l, *l)i.r2'
  ${If} $2 <> 0
    System::Int64Op $1 / 1048576
    Pop $1
    ${If} $1 < ${MEGABYTES}
      !insertmacro Fail "" "$(NO_ROOM) ${MEGABYTES} MB > $1 MB$\r$\n$INSTDIR" 6
    ${EndIf}
  ${EndIf}
  SetErrorLevel 2
  !include "${FILES}"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  InitPluginsDir
  SetOutPath "$PLUGINSDIR"
  File /oname=closing.exe "${CLOSING}"
  ${IfNot} ${FileExists} "$INSTDIR.new\uninstall.exe"
    !insertmacro Fail "" "$(NO_RIGHTS)$\r$\n$INSTDIR" 2
  ${EndIf}
FunctionEnd

Function Close
  ExecWait '"$PLUGINSDIR\closing.exe" "$INSTDIR"' $Ran
  ${If} $Ran = 2
    !insertmacro Fail "" "$(STILL_RUNS)" 7
  ${EndIf}
FunctionEnd

Function PutInPlace
  RMDir /r "$INSTDIR.old"
  ${If} ${FileExists} "$INSTDIR\*.*"
    !insertmacro Move "$INSTDIR" "$INSTDIR.old"
    ${If} $Moved = 0
      !insertmacro Fail "" "$(STILL_RUNS)" 7
    ${EndIf}
  ${EndIf}
  !insertmacro Move "$INSTDIR.new" "$INSTDIR"
  ${If} $Moved = 0
    !insertmacro Move "$INSTDIR.old" "$INSTDIR"
    !insertmacro Fail "" "$(NO_RIGHTS)$\r$\n$INSTDIR" 5
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  SetErrorLevel 0
FunctionEnd

; It was installed in another folder before: there is one installation for each user.
Function RemoveElsewhere
  StrCpy $0 $Before
  ${GetFileName} "$0" $1
  ${If} $0 != $INSTDIR
  ${AndIf} $1 == "${NAME}"
  ${AndIf} ${FileExists} "$0\${COMMAND_LINE}"
  ${AndIf} ${FileExists} "$0\uninstall.exe"
    ExecWait '"$PLUGINSDIR\closing.exe" "$0"' $1
    ${If} $1 = 17
      StrCpy $Ran 17
    ${EndIf}
    RMDir /r "$0"
    !insertmacro RemoveAbove "$0"
  ${EndIf}
FunctionEnd

Function Register
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}"
  SetOutPath "$PLUGINSDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegStr HKCU "${UNINSTALL_KEY}" "MadeAbove" "$MadeAbove"
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
FunctionEnd

; The entry and the program's own setting say the same; neither is touched where nothing changes.
Function SetSignIn
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  ${If} ${SectionIsSelected} ${SignIn}
    ${If} $0 == ""
      nsExec::Exec '"$INSTDIR\${COMMAND_LINE}" settings set autostart true'
      Pop $1
    ${EndIf}
    WriteRegStr HKCU "${RUN_KEY}" "${NAME}" '"$INSTDIR\${WINDOW}"'
  ${ElseIf} $0 != ""
    nsExec::Exec '"$INSTDIR\${COMMAND_LINE}" settings set autostart false'
    Pop $1
    DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  ${EndIf}
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.new"
  RMDir "$INSTDIR"
  ${If} $MadeAbove == 1
    ${GetParent} "$INSTDIR" $0
    RMDir "$0"
  ${EndIf}
  ${If} $Ran = 17
  ${AndIf} ${FileExists} "$INSTDIR\${WINDOW}"
    Exec '"$INSTDIR\${WINDOW}"'
  ${EndIf}
FunctionEnd

!include uninstall.nsh
